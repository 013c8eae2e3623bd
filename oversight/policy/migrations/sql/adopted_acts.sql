-- What everyone may know of an adoption: the act and the vote, never who typed it in. A view, so
-- that the public's role needs no sight of proposals that were not adopted.
CREATE VIEW policy_adoptedact AS
SELECT a.id AS number, p.kind, p.slug, p.replaces, p.takes_effect,
       a.body, a.voted_on, a.ayes, a.noes, a.adopted_at
FROM policy_adoption a
JOIN policy_proposal p ON p.id = a.proposal_id;
