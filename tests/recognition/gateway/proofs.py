"""Verifiers for RECOGNITION_PROOF_VERIFIER, as a site would name them."""


def never(ledger_index):
    return False


def only_seven(ledger_index):
    return f"proof of {ledger_index}" if ledger_index == 7 else None
