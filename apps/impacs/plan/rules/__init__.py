"""The arithmetic of a work plan: dates that follow from dates, load on people, recurring days, drawings. No Django."""
