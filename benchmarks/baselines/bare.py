"""The interpreter alone: it starts and ends."""


def main() -> None:
    pass
