// Who sits on one body and not on another: by organisation, by post or by person.
//
// $body: Body or Partnership. The body, or the partnership, that they sit on.
// $not_on: Body or Partnership. The body, or the partnership, that they do not sit on.
// $by: one of organisation, post, person = organisation. Who is looked for; a person only with --people.
// $as_of: Date = today. The day asked about.
// $people: Boolean = false. Whether people who hold posts are named.
//
// member_id, member: The organisation that seats speak for, not for a part of it; or who fills the seats.
// kind: What sort of organisation it is. In a `sector`, which is no single one, each seat may be another's.
// seat_id, seat: The lines of the membership list of the body, as worded; a list.
// last_seen: When the last source that names the member was published.
// certainty: The weakest of what the row says of seats; that there is no other seat is not stated anywhere.
// citations: Where that is taken from; a list.
//
// Sorted by member and member_id.
MATCH (:Body|Partnership {id: $body})<-[sits:ON]-(seat:Seat)
WHERE sits.holds_from <= $as_of AND $as_of <= sits.holds_to
CALL (seat) {
  MATCH (seat)-[line:REPRESENTS]->(member:Organisation)
  WHERE $by = 'organisation' AND line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN member, line
  UNION
  MATCH (seat)-[line:FILLED_BY]->(member:Post)
  WHERE $by = 'post' AND line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN member, line
  UNION
  MATCH (seat)-[line:FILLED_BY]->(member:Person)
  WHERE $by = 'person' AND $people AND line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN member, line
  UNION
  MATCH (seat)-[fills:FILLED_BY]->(:Post)-[held:HELD_BY]->(member:Person)
  WHERE $by = 'person' AND $people AND fills.holds_from <= $as_of AND $as_of <= fills.holds_to
    AND held.holds_from <= $as_of AND $as_of <= held.holds_to
  UNWIND [fills, held] AS line
  RETURN member, line
}
WITH member, seat, sits, line
WHERE NOT EXISTS {
    MATCH (member)<-[speaks:REPRESENTS|FILLED_BY]-(:Seat)-[sat:ON]->(:Body|Partnership {id: $not_on})
    WHERE speaks.holds_from <= $as_of AND $as_of <= speaks.holds_to
      AND sat.holds_from <= $as_of AND $as_of <= sat.holds_to
  } AND NOT EXISTS {
    MATCH (member)<-[held:HELD_BY]-(:Post)<-[fills:FILLED_BY]-(:Seat)
      -[sat:ON]->(:Body|Partnership {id: $not_on})
    WHERE held.holds_from <= $as_of AND $as_of <= held.holds_to
      AND fills.holds_from <= $as_of AND $as_of <= fills.holds_to
      AND sat.holds_from <= $as_of AND $as_of <= sat.holds_to
  }
UNWIND [seat, sits, line] AS fact
UNWIND fact.citations AS citation
WITH member, seat.id AS seat_id, seat.name AS seat, fact.certainty AS fact_certainty, citation
ORDER BY seat, seat_id
WITH member, collect(DISTINCT [seat_id, seat]) AS seats,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS unsorted
CALL (unsorted) {
  UNWIND unsorted AS citation
  WITH citation ORDER BY citation
  RETURN collect(citation) AS citations
}
RETURN member.id AS member_id, member.name AS member, member.kind AS kind,
  [seat IN seats | seat[0]] AS seat_id, [seat IN seats | seat[1]] AS seat, member.last_seen AS last_seen,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY member, member_id
