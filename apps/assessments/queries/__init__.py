"""Selectors of joint threat assessments."""
