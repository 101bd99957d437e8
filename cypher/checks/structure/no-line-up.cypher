// A body of a partnership is accountable to nobody and reports to nobody, and is not at the top.
//
// Severity: warning.
// Authority: Good practice: each body below the top has somebody who holds it to account or hears from it.
// Mend: Add `accountable_to` or `reports_to` to the body, with the citation; or `tier`, where it is at the
//   top. Where no text says it, keep that as an issue of the kind not-stated, and waive the finding for as
//   long as it is to stand.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The body.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (body:Body)-[part:PART_OF*1..10]->(:Partnership)
WHERE all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  AND NOT EXISTS {
    MATCH (body)-[up:ACCOUNTABLE_TO|REPORTS_TO]->()
    WHERE up.holds_from <= $as_of AND $as_of <= up.holds_to
  }
  AND NOT EXISTS {
    MATCH (body)-[within:PART_OF*1..10]->(partnership:Partnership)
    WHERE all(line IN within WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
      AND body.tier = partnership.tiers[0]
  }
  AND (body.tier IS NOT NULL OR NOT EXISTS {
    MATCH (body)<-[below:ACCOUNTABLE_TO|REPORTS_TO]-()
    WHERE below.holds_from <= $as_of AND $as_of <= below.holds_to
  })
UNWIND [body] + part AS fact
UNWIND fact.citations AS citation
WITH body, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH body, collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS subject_id, body.name AS subject,
  'is accountable to nobody and reports to nobody, as far as is stated' AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
