"""What a reader can check: findings, weight log, method, and the figures as a spreadsheet."""
