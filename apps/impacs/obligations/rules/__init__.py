"""The status of what States and the agency have to do, as a pure function of dated facts."""
