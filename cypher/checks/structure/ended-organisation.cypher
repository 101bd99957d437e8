// A seat is held for what has ended.
//
// Severity: warning.
// Authority: Good practice: every seat speaks for somebody who is there.
// Mend: End the seat by `end_date`, or say by `represents` for whom it is held now, with the citation.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The seat.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (seat:Seat)-[sits:ON]->(place:Body|Partnership)
WHERE sits.holds_from <= $as_of AND $as_of <= sits.holds_to
  AND NOT EXISTS {
    MATCH (seat)-[:REPRESENTS]->(there)
    WHERE $as_of <= there.holds_to
  }
MATCH (seat)-[speaks:REPRESENTS]->(gone)
CALL (gone) {
  OPTIONAL MATCH (gone)<-[succeeds:SUCCEEDS]-(heir)
  WITH succeeds, heir
  ORDER BY heir.name
  RETURN collect(succeeds) AS successions, collect(DISTINCT heir.name) AS heirs
}
WITH seat, sits, place.name AS place, [speaks, gone] + successions AS facts,
  gone.name + ', which ended on ' + gone.holds_to + CASE WHEN size(heirs) = 0 THEN ''
    ELSE ' (followed by ' + reduce(said = heirs[0], one IN heirs[1..] | said + '; ' + one) + ')' END AS text
ORDER BY text
WITH seat, sits, place, collect(DISTINCT text) AS texts, collect(facts) AS all_facts
UNWIND all_facts + [[seat, sits]] AS facts
UNWIND facts AS fact
UNWIND fact.citations AS citation
WITH seat, place, texts, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH seat, place, texts,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN seat.id AS subject_id, seat.name AS subject,
  'sits on ' + place + ' for ' + reduce(said = texts[0], one IN texts[1..] | said + '; ' + one) AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
