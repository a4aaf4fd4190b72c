"""After a withdrawal: what did not leave yet no longer does; what had left is listed, and its recipient is asked to delete it."""
