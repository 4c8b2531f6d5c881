"""What each State has to do under the clauses of decisions: its actions, evidence, status."""
