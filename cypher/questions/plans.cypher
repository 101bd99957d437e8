// What plans put first and set out to do, who leads on it, and where a priority has no body or a body none.
//
// A priority that no body leads, nor any objective of it, is marked so, even if a post or organisation leads.
// A body within the partnership that leads on nothing has a row of its own, after the plans.
// A plan of which no priority is known has a row without one.
//
// $plan: Plan = any. The plan; bodies are then those of its partnership that lead on nothing in this plan.
// $partnership: Partnership = any. Only its plans, those of its bodies, and its bodies.
// $as_of: Date = today. The day asked about.
//
// plan_id, plan: The plan; empty for what is part of none, and for a body where no plan is asked about.
// priority_id, priority: What the plan puts first.
// objective_id, objective: What the priority is to bring about; empty where the row is about the priority.
// kind: What sort of objective, priority or plan it is.
// number: Its number there.
// led_by_id, led_by: Who leads on it; a list.
// body_id, body: A body that leads on nothing.
// gap: priority-without-body or body-without-priority; else empty.
// last_seen: When the last source that names what the row is about was published.
// certainty: The weakest of all that the row says.
// citations: Where all of it is taken from; a list.
//
// Sorted by plan and plan_id, bodies last, then by kind, number, priority and priority_id, each priority before
// its objectives, and these by kind, number, objective and objective_id; then by body and body_id.
MATCH path = (:Partnership {id: $partnership})<-[:PART_OF*0..10]-(part)
WHERE all(line IN relationships(path) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
WITH collect(DISTINCT part.id) AS within_ids
CALL (within_ids) {
  CALL (within_ids) {
    UNWIND CASE WHEN $plan IS NULL AND $partnership IS NULL THEN [1] ELSE [] END AS everywhere
    MATCH (plan:Plan)
    RETURN plan.id AS id
    UNION
    UNWIND CASE WHEN $partnership IS NULL THEN [$plan] ELSE within_ids END AS id
    RETURN id
  }
  WITH id
  WHERE $plan IS NULL OR id = $plan
  RETURN collect(id) AS plan_ids
}
CALL (within_ids, plan_ids) {
  UNWIND plan_ids AS id
  MATCH (plan:Plan {id: id})
  // Apart from the match: beside EXISTS the embedded engine loses a comparison of a node found by its id.
  WITH plan
  WHERE plan.holds_from <= $as_of AND $as_of <= plan.holds_to
    AND NOT EXISTS {
      MATCH (plan)<-[line:PART_OF]-(:Priority)
      WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
    }
  RETURN plan, null AS aim, null AS goal, null AS body
  UNION
  UNWIND plan_ids AS id
  MATCH (plan:Plan {id: id})<-[line:PART_OF]-(aim:Priority)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN plan, aim, null AS goal, null AS body
  UNION
  UNWIND plan_ids AS id
  MATCH (plan:Plan {id: id})<-[upper:PART_OF]-(aim:Priority)<-[line:PART_OF]-(goal:Objective)
  WHERE upper.holds_from <= $as_of AND $as_of <= upper.holds_to
    AND line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN plan, aim, goal, null AS body
  UNION
  UNWIND CASE WHEN $plan IS NULL AND $partnership IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (aim:Priority)
  WHERE aim.holds_from <= $as_of AND $as_of <= aim.holds_to
    AND NOT EXISTS {
      MATCH (aim)-[upper:PART_OF]->(:Plan)
      WHERE upper.holds_from <= $as_of AND $as_of <= upper.holds_to
    }
  RETURN null AS plan, aim, null AS goal, null AS body
  UNION
  UNWIND CASE WHEN $plan IS NULL AND $partnership IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (goal:Objective)
  WHERE goal.holds_from <= $as_of AND $as_of <= goal.holds_to
  OPTIONAL MATCH (goal)-[line:PART_OF]->(aim:Priority)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  WITH goal, aim
  WHERE NOT EXISTS {
    MATCH (aim)-[upper:PART_OF]->(:Plan)
    WHERE upper.holds_from <= $as_of AND $as_of <= upper.holds_to
  }
  RETURN null AS plan, aim, goal, null AS body
  UNION
  CALL (within_ids) {
    UNWIND CASE WHEN $plan IS NULL AND $partnership IS NULL THEN [1] ELSE [] END AS everywhere
    MATCH path = (body:Body)-[:PART_OF*1..10]->(:Partnership)
    WHERE all(line IN relationships(path) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    RETURN null AS plan, body
    UNION
    UNWIND CASE WHEN $plan IS NULL THEN within_ids ELSE [] END AS id
    MATCH (body:Body {id: id})
    RETURN null AS plan, body
    UNION
    MATCH path = (plan:Plan {id: $plan})-[:PART_OF]->(:Partnership|Body)<-[:PART_OF*0..10]-(body:Body)
    WHERE all(line IN relationships(path) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
      AND ($partnership IS NULL OR body.id IN within_ids)
    RETURN plan, body
  }
  WITH plan, body
  WHERE NOT EXISTS {
    MATCH (body)-[leads:LEADS]->()
    WHERE $plan IS NULL AND leads.holds_from <= $as_of AND $as_of <= leads.holds_to
  } AND NOT EXISTS {
    MATCH (body)-[leads:LEADS]->(:Priority|Objective)-[line:PART_OF]->(plan)
    WHERE leads.holds_from <= $as_of AND $as_of <= leads.holds_to
      AND line.holds_from <= $as_of AND $as_of <= line.holds_to
  } AND NOT EXISTS {
    MATCH (body)-[leads:LEADS]->(:Objective)-[line:PART_OF]->(:Priority)-[upper:PART_OF]->(plan)
    WHERE leads.holds_from <= $as_of AND $as_of <= leads.holds_to
      AND line.holds_from <= $as_of AND $as_of <= line.holds_to
      AND upper.holds_from <= $as_of AND $as_of <= upper.holds_to
  }
  RETURN plan, null AS aim, null AS goal, body
}
WITH plan, aim, goal, body, coalesce(goal, aim) AS what
CALL (what) {
  OPTIONAL MATCH (what)<-[leads:LEADS]-(leader)
  WHERE leads.holds_from <= $as_of AND $as_of <= leads.holds_to
  WITH DISTINCT leader.id AS id, leader.name AS name ORDER BY name, id
  RETURN collect(id) AS led_by_id, collect(name) AS led_by
}
CALL (plan, aim, goal, body, what) {
  WITH coalesce(body, what, plan) AS thing
  RETURN thing.certainty AS fact_certainty, thing.citations AS fact_citations
  UNION ALL
  MATCH (what)<-[leads:LEADS]-()
  WHERE leads.holds_from <= $as_of AND $as_of <= leads.holds_to
  RETURN leads.certainty AS fact_certainty, leads.citations AS fact_citations
  UNION ALL
  MATCH (goal)-[line:PART_OF]->(aim)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
  UNION ALL
  MATCH (aim)-[line:PART_OF]->(plan)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
}
UNWIND fact_citations AS citation
WITH plan, aim, goal, body, what, led_by_id, led_by, fact_certainty, citation
ORDER BY citation
WITH plan, aim, goal, body, what, led_by_id, led_by,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN plan.id AS plan_id, plan.name AS plan, aim.id AS priority_id, aim.name AS priority,
  goal.id AS objective_id, goal.name AS objective,
  CASE WHEN body IS NULL THEN coalesce(what, plan).kind END AS kind, what.number AS number, led_by_id, led_by,
  body.id AS body_id, body.name AS body,
  CASE WHEN body IS NOT NULL THEN 'body-without-priority'
    WHEN aim IS NOT NULL AND goal IS NULL AND NOT EXISTS {
      MATCH (aim)<-[leads:LEADS]-(:Body)
      WHERE leads.holds_from <= $as_of AND $as_of <= leads.holds_to
    } AND NOT EXISTS {
      MATCH (aim)<-[line:PART_OF]-(:Objective)<-[leads:LEADS]-(:Body)
      WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
        AND leads.holds_from <= $as_of AND $as_of <= leads.holds_to
    } THEN 'priority-without-body' END AS gap,
  coalesce(body, what, plan).last_seen AS last_seen,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY plan, plan_id, CASE WHEN body_id IS NULL THEN 0 ELSE 1 END,
  aim.kind, CASE WHEN aim.number =~ '[0-9]{1,9}' THEN toInteger(aim.number) END, aim.number,
  priority, priority_id, CASE WHEN objective_id IS NULL THEN 0 ELSE 1 END,
  goal.kind, CASE WHEN goal.number =~ '[0-9]{1,9}' THEN toInteger(goal.number) END, goal.number,
  objective, objective_id, body, body_id
