// Who chairs which body, vice-chairs included; and which bodies have no stated chair.
//
// $partnership: Partnership = any. Only it and the bodies that are part of it.
// $as_of: Date = today. The day asked about.
// $people: Boolean = false. Whether people who hold posts are named.
//
// body_id, body: The body; also a partnership with a chair or vice-chair of its own.
// role: chair or vice-chair; `no chair stated` for a body that no source gives a chair on that day.
// seat_id, seat: The line of the membership list, as worded; empty where no chair is stated.
// filled_by_id, filled_by: The posts that fill it; with --people also those who fill it or hold them; a list.
// represents_id, represents: Whom the seat speaks for; a list.
// state: filled, vacant or not-stated.
// last_seen: When the last source that names the seat was published; without a seat, that names the body.
// certainty: The weakest of all that the row says; without a seat, that of the body.
// citations: Where all of it is taken from; without a seat, where the body is; a list.
//
// Sorted by body and body_id, then by role, seat and seat_id.
CALL () {
  UNWIND CASE WHEN $partnership IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (body:Body|Partnership)
  RETURN body
  UNION
  MATCH (body:Partnership {id: $partnership})
  RETURN body
  UNION
  MATCH route = (:Partnership {id: $partnership})<-[:PART_OF*1..10]-(body:Body)
  WHERE all(line IN relationships(route) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  RETURN body
}
UNWIND ['chair', 'vice-chair'] AS wanted
OPTIONAL MATCH (body)<-[sits:ON]-(seat:Seat {role: wanted})
WHERE sits.holds_from <= $as_of AND $as_of <= sits.holds_to
WITH body, wanted, sits, seat, coalesce(seat.role, 'no chair stated') AS role
WHERE seat IS NOT NULL
  OR (wanted = 'chair' AND body:Body AND body.holds_from <= $as_of AND $as_of <= body.holds_to)
CALL (seat) {
  MATCH (seat)-[line:FILLED_BY]->(holder:Post|Person)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to AND (holder:Post OR $people)
  OPTIONAL MATCH (holder)-[held:HELD_BY]->(person:Person)
  WHERE held.holds_from <= $as_of AND $as_of <= held.holds_to AND $people
  UNWIND [holder, person] AS who
  WITH DISTINCT who.id AS id, who.name AS name ORDER BY name, id
  RETURN collect(id) AS filled_by_id, collect(name) AS filled_by
}
CALL (seat) {
  MATCH (seat)-[line:REPRESENTS]->(represented)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  WITH DISTINCT represented.id AS id, represented.name AS name ORDER BY name, id
  RETURN collect(id) AS represents_id, collect(name) AS represents
}
CALL (body, seat, sits) {
  UNWIND CASE WHEN seat IS NULL THEN [body] ELSE [seat, sits] END AS fact
  RETURN fact.certainty AS fact_certainty, fact.citations AS fact_citations
  UNION ALL
  MATCH (seat)-[line:REPRESENTS]->()
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
  UNION ALL
  MATCH (seat)-[line:FILLED_BY]->(holder)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to AND (holder:Post OR $people)
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
  UNION ALL
  MATCH (seat)-[line:FILLED_BY]->(:Post)-[held:HELD_BY]->()
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
    AND held.holds_from <= $as_of AND $as_of <= held.holds_to AND $people
  RETURN held.certainty AS fact_certainty, held.citations AS fact_citations
}
UNWIND fact_citations AS citation
WITH body, role, seat, filled_by_id, filled_by, represents_id, represents, fact_certainty, citation
ORDER BY citation
WITH body, role, seat, filled_by_id, filled_by, represents_id, represents,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS body_id, body.name AS body, role, seat.id AS seat_id, seat.name AS seat,
  filled_by_id, filled_by, represents_id, represents, seat.state AS state,
  CASE WHEN seat IS NULL THEN body.last_seen ELSE seat.last_seen END AS last_seen,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY body, body_id, role, seat, seat_id
