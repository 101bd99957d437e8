// Somebody is acted for, and nothing is accountable to them.
//
// Severity: warning.
// Authority: Good practice: whoever delegates a responsibility stays accountable for something.
// Mend: Say by `accountable_to` which bodies answer to them, with the citation; or end the delegation.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The post or body that is acted for.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (principal:Post|Body)<-[acts:ACTS_FOR]-(delegate)
WHERE acts.holds_from <= $as_of AND $as_of <= acts.holds_to
  AND NOT EXISTS {
    MATCH (principal)<-[below:ACCOUNTABLE_TO]-()
    WHERE below.holds_from <= $as_of AND $as_of <= below.holds_to
  }
  // Who acts for somebody else in turn is not the one who stays accountable.
  AND NOT EXISTS {
    MATCH (principal)-[onward:ACTS_FOR]->()
    WHERE onward.holds_from <= $as_of AND $as_of <= onward.holds_to
  }
WITH principal, acts, delegate.name AS text
ORDER BY text
WITH principal, collect(acts) AS lines, collect(DISTINCT text) AS texts
UNWIND [principal] + lines AS fact
UNWIND fact.citations AS citation
WITH principal, texts, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH principal, texts,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN principal.id AS subject_id, principal.name AS subject,
  'is acted for, and nothing is accountable to it, as far as is stated; acting for it: '
    + reduce(said = texts[0], one IN texts[1..] | said + '; ' + one) AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
