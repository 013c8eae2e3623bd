-- New migrations say close_facts("council_...") of oversight/ledger/closing.py instead.
CREATE FUNCTION council_close_facts(facts text[]) RETURNS void
LANGUAGE sql VOLATILE SET search_path = public, pg_temp AS $$
    SELECT public.ledger_close(VARIADIC facts::regclass[])
$$;
