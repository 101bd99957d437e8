// Every organisation that seats speak for, with the number of its bodies and seats and their categories.
//
// $partnership: Partnership = any. Only seats on it, and on bodies that are part of it, count.
// $as_of: Date = today. The day asked about.
//
// organisation_id, organisation: Whom the seats speak for; seats for a part of it do not count.
// kind: What sort of organisation it is. A `sector` is no single one: it is not counted as a partner.
// bodies: On how many bodies it sits; the partnership itself is not one of them.
// seats: How many lines of membership lists speak for it, those of the partnership itself included.
// categories: The sorts of member that it is there, in the words of the lists; a list.
// since: First day on which one of these seats is known to speak for it.
// last_seen: When the last source that names the organisation was published.
// certainty: The weakest of what the row says of seats.
// citations: Where that is taken from; a list.
//
// Sorted by organisation and organisation_id, sectors last.
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
MATCH (body)<-[sits:ON]-(seat:Seat)
WHERE sits.holds_from <= $as_of AND $as_of <= sits.holds_to
MATCH (seat)-[speaks:REPRESENTS]->(organisation:Organisation)
WHERE speaks.holds_from <= $as_of AND $as_of <= speaks.holds_to
WITH organisation, count(DISTINCT CASE WHEN body:Body THEN body.id END) AS bodies,
  count(DISTINCT seat.id) AS seats, collect(DISTINCT seat.category) AS unsorted,
  min(CASE WHEN sits.holds_from < speaks.holds_from THEN speaks.holds_from ELSE sits.holds_from END) AS since,
  collect([seat.certainty, sits.certainty, speaks.certainty]) AS certainties,
  collect(seat.citations + sits.citations + speaks.citations) AS all_cited
CALL (all_cited) {
  UNWIND all_cited AS cited
  UNWIND cited AS citation
  WITH DISTINCT citation ORDER BY citation
  RETURN collect(citation) AS citations
}
CALL (unsorted) {
  UNWIND unsorted AS category
  WITH category ORDER BY category
  RETURN collect(category) AS categories
}
RETURN organisation.id AS organisation_id, organisation.name AS organisation, organisation.kind AS kind,
  bodies, seats, categories, since, organisation.last_seen AS last_seen,
  CASE WHEN any(some IN certainties WHERE 'ambiguous' IN some) THEN 'ambiguous'
    WHEN any(some IN certainties WHERE 'inferred' IN some) THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY CASE kind WHEN 'sector' THEN 1 ELSE 0 END, organisation, organisation_id
