// Every seat on a body: its role, whom it speaks for, who fills it and on whose behalf.
//
// $body: Body or Partnership. The body, or the partnership, whose seats are wanted.
// $as_of: Date = today. The day asked about.
// $people: Boolean = false. Whether people who hold posts are named.
//
// seat_id, seat: The line of the membership list, as worded.
// role: What the holder does there: chair, vice-chair, lead, member, adviser, in-attendance or deputy.
// category: The sort of member, in the list's own words.
// represents_id, represents: Whom the seat speaks for; a list.
// filled_by_id, filled_by: The posts that fill it; with --people also those who fill it or hold them; a list.
// acts_for_id, acts_for: On whose behalf they sit there; a list.
// state: filled, vacant or not-stated.
// places: How many people the line stands for; empty where the source does not say.
// last_seen: When the last source that names the seat was published.
// certainty: The weakest of all that the row says.
// citations: Where all of it is taken from; a list.
//
// Sorted by role in the order above, then by seat and seat_id.
MATCH (body:Body|Partnership {id: $body})<-[sits:ON]-(seat:Seat)
WHERE sits.holds_from <= $as_of AND $as_of <= sits.holds_to
CALL (seat) {
  OPTIONAL MATCH (seat)-[line:REPRESENTS]->(represented)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  WITH DISTINCT represented.id AS id, represented.name AS name ORDER BY name, id
  RETURN collect(id) AS represents_id, collect(name) AS represents
}
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
  OPTIONAL MATCH (seat)-[line:FILLED_BY]->(:Post)-[acts:ACTS_FOR]->(principal)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
    AND acts.holds_from <= $as_of AND $as_of <= acts.holds_to
  WITH DISTINCT principal.id AS id, principal.name AS name ORDER BY name, id
  RETURN collect(id) AS acts_for_id, collect(name) AS acts_for
}
CALL (seat, sits) {
  RETURN seat.certainty AS fact_certainty, seat.citations AS fact_citations
  UNION ALL
  RETURN sits.certainty AS fact_certainty, sits.citations AS fact_citations
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
  UNION ALL
  MATCH (seat)-[line:FILLED_BY]->(:Post)-[acts:ACTS_FOR]->()
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
    AND acts.holds_from <= $as_of AND $as_of <= acts.holds_to
  RETURN acts.certainty AS fact_certainty, acts.citations AS fact_citations
}
UNWIND fact_citations AS citation
WITH seat, represents_id, represents, filled_by_id, filled_by, acts_for_id, acts_for, fact_certainty, citation
ORDER BY citation
WITH seat, represents_id, represents, filled_by_id, filled_by, acts_for_id, acts_for,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN seat.id AS seat_id, seat.name AS seat, seat.role AS role, seat.category AS category,
  represents_id, represents, filled_by_id, filled_by, acts_for_id, acts_for,
  seat.state AS state, seat.places AS places, seat.last_seen AS last_seen,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY CASE role WHEN 'chair' THEN 0 WHEN 'vice-chair' THEN 1 WHEN 'lead' THEN 2 WHEN 'member' THEN 3
  WHEN 'adviser' THEN 4 WHEN 'in-attendance' THEN 5 ELSE 6 END, seat, seat_id
