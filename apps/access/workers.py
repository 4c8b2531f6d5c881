"""What the two kinds of workers are called where their signs of life are kept. Needs nothing of Django."""

WORKER, INTAKE_WORKER = "worker", "intake"
