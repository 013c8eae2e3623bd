"""Verifiers for RECOGNITION_PROOF_VERIFIER, as a site would name them."""


def never(ledger_index, authorization_id):
    return False


def only_seven(ledger_index, authorization_id):
    return f"proof of {ledger_index} for {authorization_id}" if ledger_index == 7 else None
