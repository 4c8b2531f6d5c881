"""Joint threat assessments for programs."""
