// Every line upward from a body, accountability and reports, each with its subject, over all steps.
//
// $body: Body. The body at which the lines begin.
// $as_of: Date = today. The day asked about.
//
// from_id, from: The body that is accountable or reports.
// relation: ACCOUNTABLE_TO or REPORTS_TO; reporting is not by itself accountability.
// subject: What about, where the source says.
// to_id, to: To whom.
// certainty: How sure the line is.
// citations: Where it is taken from; a list.
//
// Sorted by the number of steps from the body, then by from_id, relation, to_id, subject and id of the line.
// Bounded: 30 steps.
MATCH path = (:Body {id: $body})-[:ACCOUNTABLE_TO|REPORTS_TO*0..30]->(below:Body)
WHERE all(line IN relationships(path) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  AND all(n IN nodes(path) WHERE single(m IN nodes(path) WHERE m.id = n.id))
WITH below, min(length(path)) AS steps
MATCH (below)-[line:ACCOUNTABLE_TO|REPORTS_TO]->(above)
WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
RETURN below.id AS from_id, below.name AS from, type(line) AS relation, line.subject AS subject,
  above.id AS to_id, above.name AS to, line.certainty AS certainty, line.citations AS citations,
  steps = 30 AS bounded
ORDER BY steps, from_id, relation, to_id, coalesce(subject, ''), line.id
