"""What was cast, said, heard, sealed and issued stays as it was: PostgreSQL refuses the change, whoever asks."""

from django.db import migrations

APPEND_ONLY = ("ballot", "presenceevent", "reply", "sealedentry", "decisiontext", "paperversion")

DENY = """
CREATE FUNCTION council_never_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION council_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.seal <> '' AND (OLD.number, OLD.title, OLD.preamble, OLD.text_hash, OLD.result, OLD.adopted_on, OLD.seal,
                         OLD.sealed_at, OLD.kind, OLD.question, OLD.rule_set_id, OLD.organ_id, OLD.text_version)
     IS DISTINCT FROM
     (NEW.number, NEW.title, NEW.preamble, NEW.text_hash, NEW.result, NEW.adopted_on, NEW.seal,
      NEW.sealed_at, NEW.kind, NEW.question, NEW.rule_set_id, NEW.organ_id, NEW.text_version) THEN
    RAISE EXCEPTION 'decision % is sealed', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sealed BEFORE UPDATE ON council_decision FOR EACH ROW EXECUTE FUNCTION council_sealed();

CREATE FUNCTION council_clause_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_decision uuid := COALESCE(NEW.decision_id, OLD.decision_id);
BEGIN
  IF EXISTS (SELECT 1 FROM council_decision WHERE id = of_decision AND seal <> '') AND NOT (
    TG_OP = 'UPDATE' AND (OLD.number, OLD.position, OLD.text, OLD.kind, OLD.addressee_rule, OLD.due_on, OLD.decision_id)
    IS NOT DISTINCT FROM
    (NEW.number, NEW.position, NEW.text, NEW.kind, NEW.addressee_rule, NEW.due_on, NEW.decision_id)) THEN
    RAISE EXCEPTION 'clauses of a sealed decision do not change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER sealed BEFORE INSERT OR UPDATE OR DELETE ON council_clause
  FOR EACH ROW EXECUTE FUNCTION council_clause_sealed();

CREATE FUNCTION council_vote_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'open' THEN
    RAISE EXCEPTION 'a closed vote is final' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER closed BEFORE UPDATE OR DELETE ON council_vote FOR EACH ROW EXECUTE FUNCTION council_vote_closed();

CREATE FUNCTION council_rules_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.content, OLD.sha256, OLD.valid_from) IS DISTINCT FROM
     (NEW.content, NEW.sha256, NEW.valid_from) THEN
    RAISE EXCEPTION 'a rule set is immutable: add a new one' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON council_ruleset FOR EACH ROW EXECUTE FUNCTION council_rules_fixed();

CREATE FUNCTION council_paper_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.issued_at IS NOT NULL AND (OLD.number, OLD.title, OLD.language, OLD.current, OLD.words, OLD.issued_at, OLD.level,
                                    OLD.caveat, OLD.organ_id, OLD.meeting_id, OLD.item_id, OLD.originator_id)
     IS DISTINCT FROM
     (NEW.number, NEW.title, NEW.language, NEW.current, NEW.words, NEW.issued_at, NEW.level,
      NEW.caveat, NEW.organ_id, NEW.meeting_id, NEW.item_id, NEW.originator_id) THEN
    RAISE EXCEPTION 'paper % is issued: correct it by a new one', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER issued BEFORE UPDATE ON council_paper FOR EACH ROW EXECUTE FUNCTION council_paper_issued();
"""
TRIGGERS = "\n".join(
    f"CREATE TRIGGER never_edited BEFORE UPDATE OR DELETE ON council_{table}"
    " FOR EACH ROW EXECUTE FUNCTION council_never_edited();"
    for table in APPEND_ONLY
)
UNDO = (
    "\n".join(f"DROP TRIGGER never_edited ON council_{table};" for table in APPEND_ONLY)
    + """
DROP TRIGGER sealed ON council_decision; DROP TRIGGER sealed ON council_clause;
DROP TRIGGER closed ON council_vote; DROP TRIGGER fixed ON council_ruleset; DROP TRIGGER issued ON council_paper;
DROP FUNCTION council_never_edited(); DROP FUNCTION council_sealed(); DROP FUNCTION council_clause_sealed();
DROP FUNCTION council_vote_closed(); DROP FUNCTION council_rules_fixed(); DROP FUNCTION council_paper_issued();
"""
)


class Migration(migrations.Migration):
    dependencies = [("council", "0001_initial")]
    operations = [migrations.RunSQL(DENY + TRIGGERS, UNDO)]
