"""What changes carriers, schedules, laws and cases."""
