// Who pays how much into which fund, and who sits at the table without paying or pays without sitting there.
//
// All contributions to a fund count, whatever the day. Who sits is judged on one day for each fund: the last
// of its year, which is 31 March unless the fund has an end date; or the day from which the fund is known,
// where that is later. An organisation sits if a seat on the fund's partnership, or on a body within it,
// speaks for it or is filled by a post in it. Its parts, and what it is part of, pay and sit for it too. A
// sector is no single organisation, so it is not listed for not paying. Where no seat is known on that day,
// nobody is listed for not sitting.
//
// $fund: Fund = any. The fund.
//
// fund_id, fund: The fund.
// year: Its financial year.
// organisation_id, organisation: Who pays or sits; empty in the row of the total.
// standing: pays, pays-without-sitting or sits-without-paying; or total, in the row of the sum of the fund.
// amount: What the organisation pays into the fund in all; in the row of the total the sum of all.
// currency: The currency of the fund.
// share: The part of that sum, from 0 to 1, to four places.
// kinds: What sort of payments; a list.
// certainty: The weakest of the fund and the payments or seats. How sure the sum is, its own row says.
// citations: Where these are taken from; a list.
//
// Sorted by year, fund and fund_id, by standing in the order above, by amount from the highest, then by
// organisation and organisation_id.
MATCH (fund:Fund)
WHERE $fund IS NULL OR fund.id = $fund
WITH fund, CASE WHEN fund.end_date IS NOT NULL THEN fund.holds_to
  WHEN left(fund.year, 4) =~ '(19|20)[0-9][0-9]' THEN toString(toInteger(left(fund.year, 4)) + 1) + '-03-31'
  ELSE fund.holds_from END AS closing
WITH fund, CASE WHEN closing < fund.holds_from THEN fund.holds_from ELSE closing END AS day
CALL (fund, day) {
  MATCH (fund)-[:PART_OF]->(partnership:Partnership)
  MATCH path = (partnership)<-[:PART_OF*0..10]-(place:Partnership|Body)
  WHERE all(line IN relationships(path) WHERE line.holds_from <= day AND day <= line.holds_to)
  WITH DISTINCT place, day
  MATCH (place)<-[sits:ON]-(seat:Seat)
  WHERE sits.holds_from <= day AND day <= sits.holds_to
  CALL (seat, day) {
    MATCH (seat)-[line:REPRESENTS]->(who:Organisation)
    WHERE line.holds_from <= day AND day <= line.holds_to
    RETURN who.id AS who_id
    UNION
    MATCH (seat)-[line:FILLED_BY]->(:Post)-[within:POST_IN]->(who:Organisation)
    WHERE line.holds_from <= day AND day <= line.holds_to
      AND within.holds_from <= day AND day <= within.holds_to
    RETURN who.id AS who_id
  }
  RETURN collect(DISTINCT who_id) AS seated_ids
}
CALL (fund) {
  OPTIONAL MATCH (fund)<-[line:CONTRIBUTES]-(payer:Organisation)
  RETURN collect(DISTINCT payer.id) AS payer_ids, sum(line.amount) AS total
}
CALL (day, seated_ids, payer_ids) {
  UNWIND seated_ids + payer_ids AS id
  WITH DISTINCT id, day, seated_ids, payer_ids
  MATCH (organisation:Organisation {id: id})
  CALL (organisation, day) {
    MATCH path = (organisation)-[:PART_OF*0..100]->(kin:Organisation)
    WHERE all(line IN relationships(path) WHERE line.holds_from <= day AND day <= line.holds_to)
    RETURN kin.id AS kin_id
    UNION
    MATCH path = (organisation)<-[:PART_OF*0..100]-(kin:Organisation)
    WHERE all(line IN relationships(path) WHERE line.holds_from <= day AND day <= line.holds_to)
    RETURN kin.id AS kin_id
  }
  WITH organisation, seated_ids, payer_ids, collect(kin_id) AS kin_ids
  WITH organisation, CASE
    WHEN NOT organisation.id IN payer_ids THEN
      CASE WHEN coalesce(organisation.kind, '') <> 'sector' AND none(id IN kin_ids WHERE id IN payer_ids)
        THEN 'sits-without-paying' END
    WHEN size(seated_ids) > 0 AND none(id IN kin_ids WHERE id IN seated_ids) THEN 'pays-without-sitting'
    ELSE 'pays' END AS standing
  WHERE standing IS NOT NULL
  RETURN organisation, standing
  UNION
  WITH payer_ids
  WHERE size(payer_ids) > 0
  RETURN null AS organisation, 'total' AS standing
}
CALL (fund, organisation, standing) {
  OPTIONAL MATCH (fund)<-[line:CONTRIBUTES]-(payer:Organisation)
  WHERE standing = 'total' OR payer.id = organisation.id
  WITH line ORDER BY line.kind
  RETURN sum(line.amount) AS paid, collect(DISTINCT line.kind) AS kinds
}
CALL (fund, day, organisation, standing) {
  RETURN fund.certainty AS fact_certainty, fund.citations AS fact_citations
  UNION ALL
  MATCH (fund)<-[line:CONTRIBUTES]-(payer:Organisation)
  WHERE standing = 'total' OR payer.id = organisation.id
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
  UNION ALL
  WITH fund, day, organisation
  WHERE standing = 'sits-without-paying'
  CALL (organisation, day) {
    MATCH (seat:Seat)-[line:REPRESENTS]->(organisation)
    WHERE line.holds_from <= day AND day <= line.holds_to
    RETURN seat, [line] AS speaking
    UNION ALL
    MATCH (seat:Seat)-[line:FILLED_BY]->(:Post)-[within:POST_IN]->(organisation)
    WHERE line.holds_from <= day AND day <= line.holds_to
      AND within.holds_from <= day AND day <= within.holds_to
    RETURN seat, [line, within] AS speaking
  }
  MATCH (seat)-[sits:ON]->(place)
  WHERE sits.holds_from <= day AND day <= sits.holds_to
  MATCH path = (place)-[:PART_OF*0..10]->(partnership:Partnership)
  WHERE all(line IN relationships(path) WHERE line.holds_from <= day AND day <= line.holds_to)
    AND all(n IN nodes(path) WHERE single(m IN nodes(path) WHERE m.id = n.id))
  MATCH (partnership)<-[owns:PART_OF]-(fund)
  UNWIND relationships(path) + speaking + [seat, sits, owns] AS fact
  RETURN fact.certainty AS fact_certainty, fact.citations AS fact_citations
}
UNWIND fact_citations AS citation
WITH fund, organisation, standing, total, paid, kinds, fact_certainty, citation
ORDER BY citation
WITH fund, organisation, standing, total, kinds,
  CASE WHEN standing <> 'sits-without-paying' THEN paid END AS paid,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN fund.id AS fund_id, fund.name AS fund, fund.year AS year,
  organisation.id AS organisation_id, organisation.name AS organisation, standing,
  CASE WHEN paid = floor(paid) THEN toInteger(paid) ELSE floor(paid * 10000 + 0.5) / 10000 END AS amount,
  CASE WHEN paid IS NOT NULL THEN fund.currency END AS currency,
  CASE WHEN total > 0 THEN floor(10000.0 * paid / total + 0.5) / 10000 END AS share, kinds,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY year, fund, fund_id, CASE standing WHEN 'pays' THEN 0 WHEN 'pays-without-sitting' THEN 1
  WHEN 'sits-without-paying' THEN 2 ELSE 3 END, amount DESC, organisation, organisation_id
