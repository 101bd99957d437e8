// Every line that is not accountability: who supports, hosts, informs, scrutinises or reports to whom.
//
// $partnership: Partnership = any. Only lines from or to it or a body within it.
// $as_of: Date = today. The day asked about.
//
// from_id, from: The body, post, organisation or partnership at which the line begins.
// relation: SUPPORTS, HOSTED_BY, INFORMS, WORKS_WITH, SCRUTINISES, ESTABLISHED_BY or REPORTS_TO.
// subject: What about, where the source says.
// to_id, to: Where the line leads: who is supported, informed and so on.
// certainty: How sure the line is.
// citations: Where it is taken from; a list.
//
// Sorted by relation in the order above, then by from and from_id, to and to_id, subject and id of the line.
CALL () {
  UNWIND CASE WHEN $partnership IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (one)-[line:SUPPORTS|HOSTED_BY|INFORMS|WORKS_WITH|SCRUTINISES|ESTABLISHED_BY|REPORTS_TO]->(other)
  RETURN one, line, other
  UNION
  MATCH path = (:Partnership {id: $partnership})<-[:PART_OF*0..10]-(ours:Partnership|Body)
  WHERE all(line IN relationships(path) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  MATCH (ours)-[line:SUPPORTS|HOSTED_BY|INFORMS|WORKS_WITH|SCRUTINISES|ESTABLISHED_BY|REPORTS_TO]->(other)
  RETURN ours AS one, line, other
  UNION
  MATCH path = (:Partnership {id: $partnership})<-[:PART_OF*0..10]-(ours:Partnership|Body)
  WHERE all(line IN relationships(path) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  MATCH (one)-[line:SUPPORTS|HOSTED_BY|INFORMS|WORKS_WITH|SCRUTINISES|ESTABLISHED_BY|REPORTS_TO]->(ours)
  RETURN one, line, ours AS other
}
WITH one, line, other
WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
CALL (line) {
  UNWIND line.citations AS citation
  WITH DISTINCT citation ORDER BY citation
  RETURN collect(citation) AS citations
}
RETURN one.id AS from_id, one.name AS from, type(line) AS relation, line.subject AS subject,
  other.id AS to_id, other.name AS to, line.certainty AS certainty, citations
ORDER BY CASE relation WHEN 'SUPPORTS' THEN 0 WHEN 'HOSTED_BY' THEN 1 WHEN 'INFORMS' THEN 2
  WHEN 'WORKS_WITH' THEN 3 WHEN 'SCRUTINISES' THEN 4 WHEN 'ESTABLISHED_BY' THEN 5 ELSE 6 END,
  from, from_id, to, to_id, subject, line.id
