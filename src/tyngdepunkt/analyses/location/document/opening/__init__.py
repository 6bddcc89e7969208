"""What the document opens with: the answer, the problem, the alternatives, the questions of principle."""
