"""Reports that an instrument demands: filled from an edition, completed by people, frozen, filed on time.

A pack in ``packs/*.toml`` says what a law asks for; ``document`` fills it from one frozen edition
and from what people wrote; ``services`` files it. Nothing is counted here: a report prints what its
edition prints and no more, so that it cannot give away what was withheld there (decision 115).
"""
