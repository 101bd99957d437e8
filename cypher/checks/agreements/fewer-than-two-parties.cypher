// An agreement has fewer than two parties.
//
// Severity: warning.
// Authority: Good practice: an agreement says who has agreed.
// Mend: Add the parties to the agreement, with the citation; or end it, where a party is gone.
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
WHERE agreement.holds_from <= $as_of AND $as_of <= agreement.holds_to
  AND NOT (agreement.status = 'expired' AND agreement.end_date IS NULL)
OPTIONAL MATCH (agreement)<-[line:PARTY_TO]-(party)
WHERE line.holds_from <= $as_of
WITH agreement, line, party, line.holds_to < $as_of AS gone
ORDER BY party.name, party.id
WITH agreement, collect(line) AS lines,
  collect(DISTINCT CASE WHEN NOT gone THEN party.id END) AS ids,
  collect(DISTINCT CASE WHEN NOT gone THEN party.name END) AS names,
  collect(DISTINCT CASE WHEN gone THEN party.name + ' until ' + line.holds_to END) AS former
WHERE size(ids) < 2
UNWIND [agreement] + lines AS fact
UNWIND fact.citations AS citation
WITH agreement, names, former, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH agreement, names, former,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN agreement.id AS subject_id, agreement.name AS subject,
  CASE WHEN size(names) = 0 THEN 'has no party' ELSE 'has one party: ' + names[0] END
    + CASE WHEN size(former) = 0 THEN '' ELSE '; before, '
      + reduce(said = former[0], one IN former[1..] | said + ', ' + one) END AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
