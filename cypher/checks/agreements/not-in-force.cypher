// An agreement is intended and never came into force.
//
// Severity: warning.
// Authority: Good practice: what was announced is done or withdrawn.
// Mend: Give the agreement the status in-force and its `signed_date`, with the citation; or an `end_date`,
//   where it was given up.
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
WHERE agreement.status = 'intended' AND agreement.holds_from <= $as_of AND $as_of <= agreement.holds_to
  AND NOT EXISTS {
    MATCH (agreement)<-[:SUCCEEDS*1..10]-(later:Agreement)
    WHERE later.status = 'in-force' AND later.holds_from <= $as_of AND $as_of <= later.holds_to
  }
OPTIONAL MATCH (agreement)<-[line:PARTY_TO]-(party)
WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
WITH agreement, line, party
ORDER BY party.name
WITH agreement, collect(line) AS lines, collect(DISTINCT party.name) AS names
UNWIND [agreement] + lines AS fact
UNWIND fact.citations AS citation
WITH agreement, names, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH agreement, names,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN agreement.id AS subject_id, agreement.name AS subject,
  'is intended, and no source says that it came into force; last named ' + agreement.last_seen
    + CASE WHEN size(names) = 0 THEN '' ELSE '; its parties: '
      + reduce(said = names[0], one IN names[1..] | said + '; ' + one) END AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
