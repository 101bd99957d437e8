// Who acts on whose behalf: the delegate, who stays accountable, what is delegated, and the delegate's seats.
//
// $partnership: Partnership = any. Only seats on it and on bodies of it, and delegates that are such a body.
// $as_of: Date = today. The day asked about.
//
// delegate_id, delegate: The post or body that acts; one that fills no seat has a row without a seat.
// acts_for_id, acts_for: The post or body on whose behalf; it stays accountable.
// organisation_id, organisation: The organisations that the post acted for is in; a list.
// scope: What is delegated, where the source says.
// body_id, body: The body or partnership on which the delegate fills a seat.
// seat_id, seat: The line of the membership list, as worded.
// last_seen: When the last source that names the delegation was published.
// certainty: The weakest of all that the row says.
// citations: Where all of it is taken from; a list.
//
// Sorted by delegate and delegate_id, acts_for and acts_for_id, scope and id of the delegation, then by body
// and body_id, seat and seat_id.
OPTIONAL MATCH route = (:Partnership {id: $partnership})<-[:PART_OF*1..10]-(part:Body)
WHERE all(line IN relationships(route) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
WITH collect(DISTINCT part.id) + [$partnership] AS within
CALL (within) {
  UNWIND CASE WHEN $partnership IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (delegate:Post|Body)-[:ACTS_FOR]->()
  RETURN delegate
  UNION
  UNWIND within AS id
  MATCH (delegate:Body {id: id})
  RETURN delegate
  UNION
  UNWIND within AS id
  MATCH (:Body|Partnership {id: id})<-[:ON]-(:Seat)-[:FILLED_BY]->(delegate:Post)
  RETURN delegate
}
MATCH (delegate)-[acts:ACTS_FOR]->(principal:Post|Body)
WHERE acts.holds_from <= $as_of AND $as_of <= acts.holds_to
OPTIONAL MATCH (delegate)<-[fills:FILLED_BY]-(seat:Seat)-[sits:ON]->(body:Body|Partnership)
WHERE fills.holds_from <= $as_of AND $as_of <= fills.holds_to
  AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
WITH within, delegate, acts, principal, fills, seat, sits, body
WHERE $partnership IS NULL OR body.id IN within OR delegate.id IN within
CALL (principal) {
  OPTIONAL MATCH (principal)-[line:POST_IN]->(employer:Organisation)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  WITH DISTINCT employer.id AS id, employer.name AS name ORDER BY name, id
  RETURN collect(id) AS organisation_id, collect(name) AS organisation
}
CALL (acts, principal, fills, seat, sits) {
  UNWIND [fact IN [acts, fills, seat, sits] WHERE fact IS NOT NULL] AS fact
  RETURN fact.certainty AS fact_certainty, fact.citations AS fact_citations
  UNION ALL
  MATCH (principal)-[line:POST_IN]->(:Organisation)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
}
UNWIND fact_citations AS citation
WITH delegate, acts, principal, organisation_id, organisation, body, seat, fact_certainty, citation
ORDER BY citation
WITH delegate, acts, principal, organisation_id, organisation, body, seat,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN delegate.id AS delegate_id, delegate.name AS delegate,
  principal.id AS acts_for_id, principal.name AS acts_for, organisation_id, organisation, acts.scope AS scope,
  body.id AS body_id, body.name AS body, seat.id AS seat_id, seat.name AS seat, acts.last_seen AS last_seen,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY delegate, delegate_id, acts_for, acts_for_id, scope, acts.id, body, body_id, seat, seat_id
