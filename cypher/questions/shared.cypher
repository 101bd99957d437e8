// Who sits on all of some bodies, or on at least so many of them: by organisation, by post or by person.
//
// $bodies: Body or Partnership, several. The bodies, or partnerships, whose seats are compared.
// $at_least: Integer = 0. On how many of them at least; 0 means on all.
// $by: one of organisation, post, person = organisation. Who is looked for; a person only with --people.
// $as_of: Date = today. The day asked about.
// $people: Boolean = false. Whether people who hold posts are named.
//
// member_id, member: The organisation that seats speak for, not for a part of it; or who fills the seats.
// kind: What sort of organisation it is. In a `sector`, which is no single one, each seat may be another's.
// bodies: On how many of the bodies.
// body_id, body: On which of them; a list.
// last_seen: When the last source that names the member was published.
// certainty: The weakest of what the row says of seats.
// citations: Where that is taken from; a list.
//
// Sorted by bodies, the highest first, then by member and member_id.
UNWIND $bodies AS wanted_id
WITH DISTINCT wanted_id
WITH collect(wanted_id) AS wanted
UNWIND wanted AS wanted_id
MATCH (body:Body|Partnership {id: wanted_id})<-[sits:ON]-(seat:Seat)
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
UNWIND [seat, sits, line] AS fact
UNWIND fact.citations AS citation
WITH wanted, member, body.id AS body_id, body.name AS body, fact.certainty AS fact_certainty, citation
ORDER BY body, body_id
WITH wanted, member, collect(DISTINCT [body_id, body]) AS places,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS unsorted
WHERE size(places) >= CASE WHEN $at_least <= 0 THEN size(wanted) ELSE $at_least END
CALL (unsorted) {
  UNWIND unsorted AS citation
  WITH citation ORDER BY citation
  RETURN collect(citation) AS citations
}
RETURN member.id AS member_id, member.name AS member, member.kind AS kind, size(places) AS bodies,
  [place IN places | place[0]] AS body_id, [place IN places | place[1]] AS body,
  member.last_seen AS last_seen,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY bodies DESC, member, member_id
