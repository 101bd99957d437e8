// An agreement has expired and nothing took its place.
//
// Severity: warning.
// Authority: Good practice: boards that work together agree in writing how.
// Mend: Renew the agreement, and add the new one with `succeeds`; or waive the finding with the reason why
//   none is needed.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The agreement.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (agreement:Agreement)
WHERE agreement.holds_from <= $as_of
  AND (agreement.holds_to < $as_of OR (agreement.status = 'expired' AND agreement.end_date IS NULL))
  AND NOT EXISTS {
    MATCH (agreement)<-[:SUCCEEDS*1..10]-(later:Agreement)
    WHERE later.status <> 'expired' AND later.holds_from <= $as_of AND $as_of <= later.holds_to
  }
// Between parties that are gone none is needed.
MATCH (agreement)<-[line:PARTY_TO]-(party)
WHERE $as_of <= party.holds_to
WITH agreement, line, party
ORDER BY party.name, party.id
WITH agreement, collect(line) AS lines, collect(DISTINCT party.id) AS ids,
  collect(DISTINCT party.name) AS names
WHERE size(ids) > 1
UNWIND [agreement] + lines AS fact
UNWIND fact.citations AS citation
WITH agreement, names, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH agreement, names,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN agreement.id AS subject_id, agreement.name AS subject,
  'has expired' + CASE WHEN agreement.holds_to < $as_of THEN ' on ' + agreement.holds_to ELSE '' END
    + ', and nothing took its place; its parties: '
    + reduce(said = names[0], one IN names[1..] | said + '; ' + one) AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
