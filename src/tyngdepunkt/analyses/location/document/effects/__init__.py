"""Question four: what each alternative would do, consideration by consideration."""
