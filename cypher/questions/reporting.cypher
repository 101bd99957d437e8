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
MATCH (:Body {id: $body})-[:ACCOUNTABLE_TO|REPORTS_TO*0..29]->(lower:Body)
WITH DISTINCT lower
MATCH (lower)-[line:ACCOUNTABLE_TO|REPORTS_TO]->(upper:Body)
WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
WITH collect(DISTINCT [lower.id, upper.id]) AS pairs
// Layer by layer, each body once: where bodies are joined by two lines the paths are too many to walk.
WITH reduce(layers = [[$body]], step IN range(1, 30) |
  layers + [[pair IN pairs WHERE pair[0] IN layers[step - 1]
    AND none(layer IN layers WHERE pair[1] IN layer) | pair[1]]]) AS layers
UNWIND range(0, 30) AS steps
UNWIND layers[steps] AS below_id
WITH DISTINCT steps, below_id
MATCH (below:Body {id: below_id})-[line:ACCOUNTABLE_TO|REPORTS_TO]->(above)
WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
CALL (line) {
  UNWIND line.citations AS citation
  WITH DISTINCT citation ORDER BY citation
  RETURN collect(citation) AS citations
}
RETURN below.id AS from_id, below.name AS from, type(line) AS relation, line.subject AS subject,
  above.id AS to_id, above.name AS to, line.certainty AS certainty, citations,
  steps = 30 AS bounded
ORDER BY steps, from_id, relation, to_id, subject, line.id
