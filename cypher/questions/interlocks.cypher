// Pairs of bodies with members in common, by organisation or by post; most in common first.
//
// $partnership: Partnership = any. Only bodies that are part of it.
// $by: one of organisation, post = organisation. Whether organisations or posts are the members.
// $as_of: Date = today. The day asked about.
//
// first_id, first: The one body; each pair is named once, the body with the lower id first.
// second_id, second: The other body.
// shared: How many members they have in common. A sector is no single organisation and does not count.
// member_id, member: The organisations that seats speak for, not for a part of them; or the posts; a list.
// certainty: The weakest of all that the row says.
// citations: Where all of it is taken from; a list.
//
// Sorted by shared, the highest first, then by first and first_id, second and second_id.
CALL () {
  UNWIND CASE WHEN $partnership IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (body:Body)
  RETURN body
  UNION
  MATCH route = (:Partnership {id: $partnership})<-[:PART_OF*1..10]-(body:Body)
  WHERE all(line IN relationships(route) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  RETURN body
}
MATCH (body)<-[sits:ON]-(seat:Seat)
WHERE sits.holds_from <= $as_of AND $as_of <= sits.holds_to
CALL (seat) {
  MATCH (seat)-[line:REPRESENTS]->(member:Organisation)
  WHERE $by = 'organisation' AND line.holds_from <= $as_of AND $as_of <= line.holds_to
    AND (member.kind IS NULL OR member.kind <> 'sector')
  RETURN member, line
  UNION
  MATCH (seat)-[line:FILLED_BY]->(member:Post)
  WHERE $by = 'post' AND line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN member, line
}
UNWIND [seat, sits, line] AS fact
UNWIND fact.citations AS citation
WITH member, body, collect(DISTINCT fact.certainty) AS certainties, collect(DISTINCT citation) AS citations
WITH member, collect([body.id, body.name, certainties, citations]) AS places
UNWIND places AS one
UNWIND places AS other
WITH member, one, other
WHERE one[0] < other[0]
WITH one[0] AS first_id, one[1] AS first, other[0] AS second_id, other[1] AS second,
  member.id AS id, member.name AS name, one[2] + other[2] AS certain, one[3] + other[3] AS cited
ORDER BY name, id
WITH first_id, first, second_id, second, collect([id, name]) AS members,
  collect(certain) AS certainties, collect(cited) AS all_cited
CALL (all_cited) {
  UNWIND all_cited AS cited
  UNWIND cited AS citation
  WITH DISTINCT citation ORDER BY citation
  RETURN collect(citation) AS citations
}
RETURN first_id, first, second_id, second, size(members) AS shared,
  [member IN members | member[0]] AS member_id, [member IN members | member[1]] AS member,
  CASE WHEN any(some IN certainties WHERE 'ambiguous' IN some) THEN 'ambiguous'
    WHEN any(some IN certainties WHERE 'inferred' IN some) THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY shared DESC, first, first_id, second, second_id
