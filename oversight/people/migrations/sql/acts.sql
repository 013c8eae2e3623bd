-- Who may do an act, held by the database: one mechanism for every room, called by triggers.

-- The day of a moment where a person's agency is.
CREATE FUNCTION people_day_of(person bigint, moment timestamptz) RETURNS date
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT (moment AT TIME ZONE a.time_zone)::date
    FROM people_person p JOIN people_agency a ON a.slug = p.agency_id WHERE p.id = person
$$;

-- Refuses unless the person is active, not suspended, and holds one of the roles on that day.
CREATE FUNCTION people_demand_role(person bigint, wanted text[], moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    today date := people_day_of(person, moment);
BEGIN
    IF NOT EXISTS (
        SELECT FROM people_rolegrant g JOIN people_person p ON p.id = g.person_id
        WHERE p.id = person AND p.is_active AND NOT p.suspended AND g.role = ANY (wanted)
            AND g.held_from <= today AND (g.held_until IS NULL OR g.held_until > today)
    ) THEN
        RAISE EXCEPTION 'this act needs the role %, held on the day of the act',
            array_to_string(wanted, ' or ') USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- Arguments of the trigger: the column of who acts, that of when, and the roles that may.
CREATE FUNCTION people_check_role() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    row jsonb := to_jsonb(NEW);
BEGIN
    PERFORM people_demand_role(
        (row ->> TG_ARGV[0])::bigint, string_to_array(TG_ARGV[2], ' '),
        (row ->> TG_ARGV[1])::timestamptz);
    RETURN NEW;
END $$;

-- Arguments of the trigger: the column of who acts; the column that points at the first act, the
-- table of first acts and its column of who acted; and what to say where that is the same person.
CREATE FUNCTION people_check_second_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    row jsonb := to_jsonb(NEW);
    first bigint;
BEGIN
    EXECUTE format('SELECT %I FROM %I WHERE id = $1', TG_ARGV[3], TG_ARGV[2])
        INTO first USING (row ->> TG_ARGV[1])::bigint;
    IF first = (row ->> TG_ARGV[0])::bigint THEN
        RAISE EXCEPTION USING MESSAGE = TG_ARGV[4], ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- Puts the two checks on a table; called by the migrations of the rooms.
CREATE FUNCTION people_let_act(fact text, person text, moment text, roles text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER act_is_allowed BEFORE INSERT ON %I FOR EACH ROW'
        ' EXECUTE FUNCTION people_check_role(%L, %L, %L)', fact, person, moment, roles);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER act_is_allowed', fact);
END $$;

CREATE FUNCTION people_demand_second(
    fact text, person text, link text, first_fact text, first_person text, told text
) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER takes_two_people BEFORE INSERT ON %I FOR EACH ROW'
        ' EXECUTE FUNCTION people_check_second_person(%L, %L, %L, %L, %L)',
        fact, person, link, first_fact, first_person, told);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER takes_two_people', fact);
END $$;

REVOKE EXECUTE ON FUNCTION people_let_act(text, text, text, text),
    people_demand_second(text, text, text, text, text, text) FROM PUBLIC;
