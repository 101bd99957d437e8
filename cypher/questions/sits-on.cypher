// Where an organisation sits: the seats that speak for it or for a part of it, or that its posts fill.
//
// $organisation: Organisation. The organisation; its parts, and the posts in them, count as its own.
// $as_of: Date = today. The day asked about.
//
// body_id, body: The body or partnership that the seat is on.
// seat_id, seat: The line of the membership list, as worded.
// role: What the holder does there.
// category: The sort of member, in the list's own words.
// through_id, through: The organisation or part that the seat speaks for; the post, where it speaks for another.
// filled_by_id, filled_by: The posts that fill it; a list.
// last_seen: When the last source that names the seat was published.
// certainty: The weakest of all that the row says.
// citations: Where all of it is taken from; a list.
//
// Sorted by body and body_id, seat and seat_id, through and through_id.
MATCH route = (:Organisation {id: $organisation})<-[:PART_OF*0..100]-(part:Organisation)
WHERE all(line IN relationships(route) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
WITH collect(DISTINCT part.id) AS part_ids
UNWIND part_ids AS part_id
MATCH (part:Organisation {id: part_id})
CALL (part, part_ids) {
  MATCH (seat:Seat)-[speaks:REPRESENTS]->(part)
  WHERE speaks.holds_from <= $as_of AND $as_of <= speaks.holds_to
  RETURN seat, part.id AS through_id, part.name AS through
  UNION
  MATCH (part)<-[within:POST_IN]-(post:Post)<-[fills:FILLED_BY]-(seat:Seat)
  WHERE within.holds_from <= $as_of AND $as_of <= within.holds_to
    AND fills.holds_from <= $as_of AND $as_of <= fills.holds_to
    AND NOT EXISTS {
      MATCH (seat)-[speaks:REPRESENTS]->(own:Organisation)
      WHERE own.id IN part_ids AND speaks.holds_from <= $as_of AND $as_of <= speaks.holds_to
    }
  RETURN seat, post.id AS through_id, post.name AS through
}
MATCH (seat)-[sits:ON]->(body)
WHERE sits.holds_from <= $as_of AND $as_of <= sits.holds_to
CALL (seat) {
  OPTIONAL MATCH (seat)-[line:FILLED_BY]->(holder:Post)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  WITH DISTINCT holder.id AS id, holder.name AS name ORDER BY name, id
  RETURN collect(id) AS filled_by_id, collect(name) AS filled_by
}
CALL (part, seat, sits, through_id) {
  RETURN seat.certainty AS fact_certainty, seat.citations AS fact_citations
  UNION ALL
  RETURN sits.certainty AS fact_certainty, sits.citations AS fact_citations
  UNION ALL
  MATCH (seat)-[line:REPRESENTS]->(part)
  WHERE part.id = through_id AND line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
  UNION ALL
  MATCH (seat)-[line:FILLED_BY]->(:Post)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
  UNION ALL
  MATCH (post:Post)-[line:POST_IN]->(part)
  WHERE post.id = through_id AND line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
  UNION ALL
  MATCH route = (part)-[:PART_OF*1..100]->(:Organisation {id: $organisation})
  WHERE all(line IN relationships(route) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    AND all(n IN nodes(route) WHERE single(m IN nodes(route) WHERE m.id = n.id))
  UNWIND relationships(route) AS line
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
}
UNWIND fact_citations AS citation
WITH body, seat, through_id, through, filled_by_id, filled_by, fact_certainty, citation
ORDER BY citation
WITH body, seat, through_id, through, filled_by_id, filled_by,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS body_id, body.name AS body, seat.id AS seat_id, seat.name AS seat, seat.role AS role,
  seat.category AS category, through_id, through, filled_by_id, filled_by, seat.last_seen AS last_seen,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY body, body_id, seat, seat_id, through, through_id
