from tests.reads import by_hand, log

__all__ = ["by_hand", "log"]
