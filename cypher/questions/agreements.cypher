// Every agreement: who is party to it, what it is for, whether it binds and when it is due for review.
//
// $partnership: Partnership = any. Only agreements that it, or a body within it, is party to.
// $as_of: Date = today. The day asked about.
//
// agreement_id, agreement: The memorandum, protocol or other agreement.
// kind: What sort of agreement it is.
// status: intended, in-force or expired, as the source has it.
// parties_id, parties: Who is party to it; a list.
// purposes: What it is for; a list.
// signed_date: When it was signed; empty where the source does not say.
// review_date: When it is to be reviewed; empty where the source does not say.
// days_to_review: How many days are left to the last day that the review date can mean; below 0 when overdue.
// last_seen: When the last source that names the agreement was published.
// certainty: The weakest of all that the row says.
// citations: Where all of it is taken from; a list.
//
// Sorted by agreement and agreement_id.
CALL () {
  UNWIND CASE WHEN $partnership IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (agreement:Agreement)
  RETURN agreement
  UNION
  MATCH path = (:Partnership {id: $partnership})<-[:PART_OF*0..10]-(ours:Partnership|Body)
  WHERE all(line IN relationships(path) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  MATCH (ours)-[line:PARTY_TO]->(agreement:Agreement)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN agreement
}
WITH agreement
WHERE agreement.holds_from <= $as_of AND $as_of <= agreement.holds_to
CALL (agreement) {
  OPTIONAL MATCH (agreement)<-[line:PARTY_TO]-(party)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  WITH DISTINCT party.id AS id, party.name AS name ORDER BY name, id
  RETURN collect(id) AS parties_id, collect(name) AS parties
}
CALL (agreement) {
  RETURN agreement.certainty AS fact_certainty, agreement.citations AS fact_citations
  UNION ALL
  MATCH (agreement)<-[line:PARTY_TO]-()
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
}
UNWIND fact_citations AS citation
WITH agreement, parties_id, parties, fact_certainty, citation
ORDER BY citation
WITH agreement, parties_id, parties,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations,
  CASE size(agreement.review_date) WHEN 4 THEN date(agreement.review_date + '-12-31')
    WHEN 7 THEN date(agreement.review_date + '-01') + duration({months: 1}) - duration({days: 1})
    WHEN 10 THEN date(agreement.review_date) END AS last_day
RETURN agreement.id AS agreement_id, agreement.name AS agreement, agreement.kind AS kind,
  agreement.status AS status, parties_id, parties, agreement.purposes AS purposes,
  agreement.signed_date AS signed_date, agreement.review_date AS review_date,
  CASE WHEN last_day IS NOT NULL THEN duration.inDays(date($as_of), last_day).days END AS days_to_review,
  agreement.last_seen AS last_seen,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY agreement, agreement_id
