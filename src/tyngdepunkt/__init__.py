"""Where jobs, offices and contracts make small towns stronger: assessments that can be defended."""
