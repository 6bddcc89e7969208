"""What the API answers, as types: the OpenAPI document and the contract tests are made from them.

Keys may come to be more; none changes its meaning. What is missing is null, never zero.
"""
