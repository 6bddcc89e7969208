"""A location case while somebody works on it: weights over scores that are computed once a version."""
