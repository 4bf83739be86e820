"""The farm on Ray: hosts on every node, and the backend that farmd runs them by. Nothing else imports ray."""
