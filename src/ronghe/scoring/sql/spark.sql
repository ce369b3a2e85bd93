-- Written by `python -m ronghe.scoring.compile` from the Ibis expressions. Do not edit.

-- step units
SELECT
  `t4`.`period`,
  `t4`.`track`,
  `t4`.`unit`,
  ROW_NUMBER() OVER (
    ORDER BY `t4`.`period` ASC NULLS LAST, `t4`.`track` ASC NULLS LAST, `t4`.`unit` ASC NULLS LAST
  ) - 1 AS `u`,
  DENSE_RANK() OVER (ORDER BY `t4`.`period` ASC NULLS LAST, `t4`.`track` ASC NULLS LAST) - 1 AS `g`,
  `t4`.`present_rows` < `t5`.`wanted_rows` AS `short`
FROM (
  SELECT
    `t0`.`period`,
    `t0`.`track`,
    `t0`.`unit`,
    COUNT(*) AS `present_rows`
  FROM `figures` AS `t0`
  GROUP BY
    1,
    2,
    3
) AS `t4`
INNER JOIN (
  SELECT
    `t1`.`track`,
    COUNT(*) AS `wanted_rows`
  FROM `items` AS `t1`
  GROUP BY
    1
) AS `t5`
  ON `t4`.`track` = `t5`.`track`

-- step marked
WITH `t10` AS (
  SELECT
    *
  FROM `units` AS `t3`
  WHERE
    `t3`.`short`
)
SELECT
  `t38`.`u`,
  `t38`.`g`,
  `t38`.`seq`,
  `t38`.`dim`,
  `t38`.`is_veto`,
  `t38`.`actual`,
  `t38`.`target`,
  `t38`.`base`,
  `t38`.`exempt`,
  `t38`.`target_note`,
  `t38`.`looks_at`,
  `t38`.`policy`,
  `t38`.`present`,
  `t38`.`p`,
  `t38`.`r`,
  `t38`.`segment`,
  `t38`.`free`,
  `t38`.`low`,
  `t38`.`high`,
  `t38`.`mark`,
  `t38`.`state`,
  `t38`.`strikes`,
  `t38`.`full_units`,
  `t38`.`full_scaled`,
  `t38`.`grid`,
  `t38`.`counts`,
  `t38`.`effect`,
  `t38`.`limit_units`,
  `t38`.`digits`
FROM (
  SELECT
    `t37`.`u`,
    `t37`.`g`,
    `t37`.`indicator`,
    `t37`.`actual`,
    `t37`.`target`,
    `t37`.`base`,
    `t37`.`exempt`,
    `t37`.`target_note`,
    `t37`.`seq`,
    `t37`.`dim`,
    `t37`.`looks_at`,
    `t37`.`is_veto`,
    `t37`.`policy`,
    `t37`.`full_units`,
    `t37`.`full_scaled`,
    `t37`.`grid`,
    `t37`.`counts`,
    `t37`.`effect`,
    `t37`.`limit_units`,
    `t37`.`is_exempt`,
    `t37`.`present`,
    `t37`.`p`,
    `t37`.`r`,
    `t37`.`seq_right`,
    `t37`.`present_right`,
    `t37`.`segment`,
    `t37`.`lo_n`,
    `t37`.`lo_d`,
    `t37`.`hi_n`,
    `t37`.`hi_d`,
    `t37`.`a`,
    `t37`.`b`,
    `t37`.`c`,
    `t37`.`whole`,
    `t37`.`each`,
    `t37`.`v`,
    `t37`.`w`,
    `t37`.`low`,
    `t37`.`high`,
    `t37`.`strikes`,
    `t37`.`digits`,
    `t37`.`mark_unit`,
    `t37`.`line_n`,
    `t37`.`line_d`,
    `t37`.`steps`,
    `t37`.`mark_n`,
    `t37`.`mark_d`,
    `t37`.`free`,
    `t37`.`state`,
    IF(
      (
        `t37`.`state` = 'exempt'
      )
      OR (
        (
          `t37`.`state` = 'missing'
        ) AND (
          `t37`.`policy` = 'unplaced'
        )
      ),
      CAST(NULL AS DECIMAL(38, 0)),
      IF(
        IF(`t37`.`free` > `t37`.`high`, `t37`.`high`, `t37`.`free`) < `t37`.`low`,
        `t37`.`low`,
        IF(`t37`.`free` > `t37`.`high`, `t37`.`high`, `t37`.`free`)
      )
    ) AS `mark`
  FROM (
    SELECT
      `t36`.`u`,
      `t36`.`g`,
      `t36`.`indicator`,
      `t36`.`actual`,
      `t36`.`target`,
      `t36`.`base`,
      `t36`.`exempt`,
      `t36`.`target_note`,
      `t36`.`seq`,
      `t36`.`dim`,
      `t36`.`looks_at`,
      `t36`.`is_veto`,
      `t36`.`policy`,
      `t36`.`full_units`,
      `t36`.`full_scaled`,
      `t36`.`grid`,
      `t36`.`counts`,
      `t36`.`effect`,
      `t36`.`limit_units`,
      `t36`.`is_exempt`,
      `t36`.`present`,
      `t36`.`p`,
      `t36`.`r`,
      `t36`.`seq_right`,
      `t36`.`present_right`,
      `t36`.`segment`,
      `t36`.`lo_n`,
      `t36`.`lo_d`,
      `t36`.`hi_n`,
      `t36`.`hi_d`,
      `t36`.`a`,
      `t36`.`b`,
      `t36`.`c`,
      `t36`.`whole`,
      `t36`.`each`,
      `t36`.`v`,
      `t36`.`w`,
      `t36`.`low`,
      `t36`.`high`,
      `t36`.`strikes`,
      `t36`.`digits`,
      `t36`.`mark_unit`,
      `t36`.`line_n`,
      `t36`.`line_d`,
      `t36`.`steps`,
      `t36`.`mark_n`,
      `t36`.`mark_d`,
      `t36`.`free`,
      CASE
        WHEN `t36`.`is_exempt`
        THEN 'exempt'
        WHEN `t36`.`strikes`
        THEN 'veto'
        WHEN `t36`.`present` OR `t36`.`is_veto`
        THEN 'ok'
        WHEN `t36`.`policy` = 'exempt'
        THEN 'exempt'
        ELSE 'missing'
      END AS `state`
    FROM (
      SELECT
        `t35`.`u`,
        `t35`.`g`,
        `t35`.`indicator`,
        `t35`.`actual`,
        `t35`.`target`,
        `t35`.`base`,
        `t35`.`exempt`,
        `t35`.`target_note`,
        `t35`.`seq`,
        `t35`.`dim`,
        `t35`.`looks_at`,
        `t35`.`is_veto`,
        `t35`.`policy`,
        `t35`.`full_units`,
        `t35`.`full_scaled`,
        `t35`.`grid`,
        `t35`.`counts`,
        `t35`.`effect`,
        `t35`.`limit_units`,
        `t35`.`is_exempt`,
        `t35`.`present`,
        `t35`.`p`,
        `t35`.`r`,
        `t35`.`seq_right`,
        `t35`.`present_right`,
        `t35`.`segment`,
        `t35`.`lo_n`,
        `t35`.`lo_d`,
        `t35`.`hi_n`,
        `t35`.`hi_d`,
        `t35`.`a`,
        `t35`.`b`,
        `t35`.`c`,
        `t35`.`whole`,
        `t35`.`each`,
        `t35`.`v`,
        `t35`.`w`,
        `t35`.`low`,
        `t35`.`high`,
        `t35`.`strikes`,
        `t35`.`digits`,
        `t35`.`mark_unit`,
        `t35`.`line_n`,
        `t35`.`line_d`,
        `t35`.`steps`,
        `t35`.`mark_n`,
        `t35`.`mark_d`,
        RONGHE_QUOTIENT(
          (
            ABS(`t35`.`mark_n`) * CAST('2' AS DECIMAL(38, 0))
          ) + `t35`.`mark_d`,
          `t35`.`mark_d` * CAST('2' AS DECIMAL(38, 0))
        ) * IF(`t35`.`mark_n` < 0, CAST('-1' AS DECIMAL(38, 0)), CAST('1' AS DECIMAL(38, 0))) AS `free`
      FROM (
        SELECT
          `t34`.`u`,
          `t34`.`g`,
          `t34`.`indicator`,
          `t34`.`actual`,
          `t34`.`target`,
          `t34`.`base`,
          `t34`.`exempt`,
          `t34`.`target_note`,
          `t34`.`seq`,
          `t34`.`dim`,
          `t34`.`looks_at`,
          `t34`.`is_veto`,
          `t34`.`policy`,
          `t34`.`full_units`,
          `t34`.`full_scaled`,
          `t34`.`grid`,
          `t34`.`counts`,
          `t34`.`effect`,
          `t34`.`limit_units`,
          `t34`.`is_exempt`,
          `t34`.`present`,
          `t34`.`p`,
          `t34`.`r`,
          `t34`.`seq_right`,
          `t34`.`present_right`,
          `t34`.`segment`,
          `t34`.`lo_n`,
          `t34`.`lo_d`,
          `t34`.`hi_n`,
          `t34`.`hi_d`,
          `t34`.`a`,
          `t34`.`b`,
          `t34`.`c`,
          `t34`.`whole`,
          `t34`.`each`,
          `t34`.`v`,
          `t34`.`w`,
          `t34`.`low`,
          `t34`.`high`,
          `t34`.`strikes`,
          `t34`.`digits`,
          `t34`.`mark_unit`,
          `t34`.`line_n`,
          `t34`.`line_d`,
          `t34`.`steps`,
          IF(`t34`.`whole`, (
            `t34`.`each` * `t34`.`steps`
          ) + `t34`.`v`, `t34`.`line_n`) * `t34`.`mark_unit` AS `mark_n`,
          IF(`t34`.`whole`, `t34`.`w`, `t34`.`line_d`) AS `mark_d`
        FROM (
          SELECT
            `t33`.`u`,
            `t33`.`g`,
            `t33`.`indicator`,
            `t33`.`actual`,
            `t33`.`target`,
            `t33`.`base`,
            `t33`.`exempt`,
            `t33`.`target_note`,
            `t33`.`seq`,
            `t33`.`dim`,
            `t33`.`looks_at`,
            `t33`.`is_veto`,
            `t33`.`policy`,
            `t33`.`full_units`,
            `t33`.`full_scaled`,
            `t33`.`grid`,
            `t33`.`counts`,
            `t33`.`effect`,
            `t33`.`limit_units`,
            `t33`.`is_exempt`,
            `t33`.`present`,
            `t33`.`p`,
            `t33`.`r`,
            `t33`.`seq_right`,
            `t33`.`present_right`,
            `t33`.`segment`,
            `t33`.`lo_n`,
            `t33`.`lo_d`,
            `t33`.`hi_n`,
            `t33`.`hi_d`,
            `t33`.`a`,
            `t33`.`b`,
            `t33`.`c`,
            `t33`.`whole`,
            `t33`.`each`,
            `t33`.`v`,
            `t33`.`w`,
            `t33`.`low`,
            `t33`.`high`,
            `t33`.`strikes`,
            `t33`.`digits`,
            `t33`.`mark_unit`,
            `t33`.`line_n`,
            `t33`.`line_d`,
            IF(
              `t33`.`whole`,
              RONGHE_QUOTIENT(
                IF(
                  `t33`.`line_n` < CAST('0' AS DECIMAL(38, 0)),
                  CAST('0' AS DECIMAL(38, 0)),
                  `t33`.`line_n`
                ),
                `t33`.`line_d`
              ),
              CAST('0' AS DECIMAL(38, 0))
            ) AS `steps`
          FROM (
            SELECT
              `t32`.`u`,
              `t32`.`g`,
              `t32`.`indicator`,
              `t32`.`actual`,
              `t32`.`target`,
              `t32`.`base`,
              `t32`.`exempt`,
              `t32`.`target_note`,
              `t32`.`seq`,
              `t32`.`dim`,
              `t32`.`looks_at`,
              `t32`.`is_veto`,
              `t32`.`policy`,
              `t32`.`full_units`,
              `t32`.`full_scaled`,
              `t32`.`grid`,
              `t32`.`counts`,
              `t32`.`effect`,
              `t32`.`limit_units`,
              `t32`.`is_exempt`,
              `t32`.`present`,
              `t32`.`p`,
              `t32`.`r`,
              `t32`.`seq_right`,
              `t32`.`present_right`,
              `t32`.`segment`,
              `t32`.`lo_n`,
              `t32`.`lo_d`,
              `t32`.`hi_n`,
              `t32`.`hi_d`,
              `t32`.`a`,
              `t32`.`b`,
              `t32`.`c`,
              `t32`.`whole`,
              `t32`.`each`,
              `t32`.`v`,
              `t32`.`w`,
              `t32`.`low`,
              `t32`.`high`,
              `t32`.`strikes`,
              `t32`.`digits`,
              `t32`.`mark_unit`,
              (
                `t32`.`a` * `t32`.`p`
              ) + (
                `t32`.`b` * `t32`.`r`
              ) AS `line_n`,
              `t32`.`c` * `t32`.`r` AS `line_d`
            FROM (
              SELECT
                `t31`.`u`,
                `t31`.`g`,
                `t31`.`indicator`,
                `t31`.`actual`,
                `t31`.`target`,
                `t31`.`base`,
                `t31`.`exempt`,
                `t31`.`target_note`,
                `t31`.`seq`,
                `t31`.`dim`,
                `t31`.`looks_at`,
                `t31`.`is_veto`,
                `t31`.`policy`,
                `t31`.`full_units`,
                `t31`.`full_scaled`,
                `t31`.`grid`,
                `t31`.`counts`,
                `t31`.`effect`,
                `t31`.`limit_units`,
                `t31`.`is_exempt`,
                `t31`.`present`,
                `t31`.`p`,
                `t31`.`r`,
                `t4`.`seq` AS `seq_right`,
                `t4`.`present` AS `present_right`,
                `t4`.`segment`,
                `t4`.`lo_n`,
                `t4`.`lo_d`,
                `t4`.`hi_n`,
                `t4`.`hi_d`,
                `t4`.`a`,
                `t4`.`b`,
                `t4`.`c`,
                `t4`.`whole`,
                `t4`.`each`,
                `t4`.`v`,
                `t4`.`w`,
                `t4`.`low`,
                `t4`.`high`,
                `t4`.`strikes`,
                `t4`.`digits`,
                `t4`.`mark_unit`
              FROM (
                SELECT
                  `t29`.`u`,
                  `t29`.`g`,
                  `t29`.`indicator`,
                  `t29`.`actual`,
                  `t29`.`target`,
                  `t29`.`base`,
                  `t29`.`exempt`,
                  `t29`.`target_note`,
                  `t29`.`seq`,
                  `t29`.`dim`,
                  `t29`.`looks_at`,
                  `t29`.`is_veto`,
                  `t29`.`policy`,
                  `t29`.`full_units`,
                  `t29`.`full_scaled`,
                  `t29`.`grid`,
                  `t29`.`counts`,
                  `t29`.`effect`,
                  `t29`.`limit_units`,
                  `t29`.`is_exempt`,
                  `t29`.`present`,
                  `t29`.`p`,
                  `t29`.`r`
                FROM (
                  SELECT
                    `t28`.`u`,
                    `t28`.`g`,
                    `t28`.`indicator`,
                    `t28`.`actual`,
                    `t28`.`target`,
                    `t28`.`base`,
                    `t28`.`exempt`,
                    `t28`.`target_note`,
                    `t28`.`seq`,
                    `t28`.`dim`,
                    `t28`.`looks_at`,
                    `t28`.`is_veto`,
                    `t28`.`policy`,
                    `t28`.`full_units`,
                    `t28`.`full_scaled`,
                    `t28`.`grid`,
                    `t28`.`counts`,
                    `t28`.`effect`,
                    `t28`.`limit_units`,
                    `t28`.`raw_r`,
                    `t28`.`is_exempt`,
                    `t28`.`present`,
                    `t28`.`p`,
                    `t28`.`r`
                  FROM (
                    SELECT
                      `t27`.`u`,
                      `t27`.`g`,
                      `t27`.`indicator`,
                      `t27`.`actual`,
                      `t27`.`target`,
                      `t27`.`base`,
                      `t27`.`exempt`,
                      `t27`.`target_note`,
                      `t27`.`seq`,
                      `t27`.`dim`,
                      `t27`.`looks_at`,
                      `t27`.`is_veto`,
                      `t27`.`policy`,
                      `t27`.`full_units`,
                      `t27`.`full_scaled`,
                      `t27`.`grid`,
                      `t27`.`counts`,
                      `t27`.`effect`,
                      `t27`.`limit_units`,
                      `t27`.`raw_p`,
                      `t27`.`raw_r`,
                      `t27`.`is_exempt`,
                      `t27`.`present`,
                      IF(`t27`.`present`, `t27`.`raw_p`, CAST('0' AS DECIMAL(38, 0))) AS `p`,
                      IF(`t27`.`present`, `t27`.`raw_r`, CAST('1' AS DECIMAL(38, 0))) AS `r`
                    FROM (
                      SELECT
                        `t26`.`u`,
                        `t26`.`g`,
                        `t26`.`indicator`,
                        `t26`.`actual`,
                        `t26`.`target`,
                        `t26`.`base`,
                        `t26`.`exempt`,
                        `t26`.`target_note`,
                        `t26`.`seq`,
                        `t26`.`dim`,
                        `t26`.`looks_at`,
                        `t26`.`is_veto`,
                        `t26`.`policy`,
                        `t26`.`full_units`,
                        `t26`.`full_scaled`,
                        `t26`.`grid`,
                        `t26`.`counts`,
                        `t26`.`effect`,
                        `t26`.`limit_units`,
                        `t26`.`raw_p`,
                        `t26`.`raw_r`,
                        `t26`.`is_exempt`,
                        COALESCE((
                          `t26`.`raw_p` IS NOT NULL
                        ) AND (
                          `t26`.`raw_r` > 0
                        ), FALSE)
                        AND NOT (
                          `t26`.`is_exempt`
                        ) AS `present`
                      FROM (
                        SELECT
                          `t25`.`u`,
                          `t25`.`g`,
                          `t25`.`indicator`,
                          `t25`.`actual`,
                          `t25`.`target`,
                          `t25`.`base`,
                          `t25`.`exempt`,
                          `t25`.`target_note`,
                          `t25`.`seq`,
                          `t25`.`dim`,
                          `t25`.`looks_at`,
                          `t25`.`is_veto`,
                          `t25`.`policy`,
                          `t25`.`full_units`,
                          `t25`.`full_scaled`,
                          `t25`.`grid`,
                          `t25`.`counts`,
                          `t25`.`effect`,
                          `t25`.`limit_units`,
                          CASE
                            WHEN `t25`.`looks_at` = 'attainment'
                            THEN IF(`t25`.`target` < 0, -(
                              `t25`.`actual`
                            ), `t25`.`actual`)
                            WHEN (
                              `t25`.`looks_at` = 'deviation'
                            ) OR (
                              `t25`.`looks_at` = 'difference'
                            )
                            THEN `t25`.`actual` - `t25`.`target`
                            WHEN `t25`.`looks_at` = 'growth'
                            THEN `t25`.`actual` - `t25`.`base`
                            ELSE `t25`.`actual`
                          END AS `raw_p`,
                          CASE
                            WHEN (
                              `t25`.`looks_at` = 'attainment'
                            ) OR (
                              `t25`.`looks_at` = 'deviation'
                            )
                            THEN ABS(`t25`.`target`)
                            WHEN `t25`.`looks_at` = 'growth'
                            THEN ABS(`t25`.`base`)
                            ELSE CAST('1000000' AS DECIMAL(38, 0))
                          END AS `raw_r`,
                          `t25`.`exempt` IS NOT NULL AS `is_exempt`
                        FROM (
                          SELECT
                            `t24`.`u`,
                            `t24`.`g`,
                            `t24`.`indicator`,
                            CAST(`t24`.`actual` AS DECIMAL(38, 0)) AS `actual`,
                            CAST(`t24`.`target` AS DECIMAL(38, 0)) AS `target`,
                            CAST(`t24`.`base` AS DECIMAL(38, 0)) AS `base`,
                            `t24`.`exempt`,
                            `t24`.`target_note`,
                            `t24`.`seq`,
                            `t24`.`dim`,
                            `t24`.`looks_at`,
                            `t24`.`is_veto`,
                            `t24`.`policy`,
                            `t24`.`full_units`,
                            `t24`.`full_scaled`,
                            `t24`.`grid`,
                            `t24`.`counts`,
                            `t24`.`effect`,
                            `t24`.`limit_units`
                          FROM (
                            SELECT
                              `t23`.`u`,
                              `t23`.`g`,
                              `t23`.`indicator`,
                              `t23`.`actual`,
                              `t23`.`target`,
                              `t23`.`base`,
                              `t23`.`exempt`,
                              `t23`.`target_note`,
                              `t23`.`seq`,
                              `t23`.`dim`,
                              `t23`.`looks_at`,
                              `t23`.`is_veto`,
                              `t23`.`policy`,
                              `t23`.`full_units`,
                              `t23`.`full_scaled`,
                              `t23`.`grid`,
                              `t23`.`counts`,
                              `t23`.`effect`,
                              `t23`.`limit_units`
                            FROM (
                              SELECT
                                `t22`.`u`,
                                `t22`.`g`,
                                `t22`.`indicator`,
                                `t22`.`track`,
                                `t22`.`actual`,
                                `t22`.`target`,
                                `t22`.`base`,
                                `t22`.`exempt`,
                                `t22`.`target_note`,
                                `t5`.`seq`,
                                `t5`.`dim`,
                                `t5`.`looks_at`,
                                `t5`.`is_veto`,
                                `t5`.`policy`,
                                `t5`.`full_units`,
                                `t5`.`full_scaled`,
                                `t5`.`grid`,
                                `t5`.`counts`,
                                `t5`.`effect`,
                                `t5`.`limit_units`
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    `t9`.`u`,
                                    `t9`.`g`,
                                    `t6`.`indicator`,
                                    `t6`.`track`,
                                    `t6`.`actual`,
                                    `t6`.`target`,
                                    `t6`.`base`,
                                    `t6`.`exempt`,
                                    `t6`.`target_note`
                                  FROM `figures` AS `t6`
                                  INNER JOIN (
                                    SELECT
                                      `t3`.`period`,
                                      `t3`.`track`,
                                      `t3`.`unit`,
                                      `t3`.`u`,
                                      `t3`.`g`
                                    FROM `units` AS `t3`
                                  ) AS `t9`
                                    ON `t6`.`period` = `t9`.`period`
                                    AND `t6`.`track` = `t9`.`track`
                                    AND `t6`.`unit` = `t9`.`unit`
                                ) AS `t15`
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    `t19`.`u`,
                                    `t19`.`g`,
                                    `t19`.`indicator`,
                                    `t19`.`track`,
                                    `t19`.`actual`,
                                    `t19`.`target`,
                                    `t19`.`base`,
                                    `t19`.`exempt`,
                                    `t19`.`target_note`
                                  FROM (
                                    SELECT
                                      `t18`.`period`,
                                      `t18`.`track`,
                                      `t18`.`unit`,
                                      `t18`.`u`,
                                      `t18`.`g`,
                                      `t18`.`indicator`,
                                      CAST(NULL AS BIGINT) AS `actual`,
                                      CAST(NULL AS BIGINT) AS `target`,
                                      CAST(NULL AS BIGINT) AS `base`,
                                      CAST(NULL AS STRING) AS `exempt`,
                                      CAST(NULL AS STRING) AS `target_note`
                                    FROM (
                                      SELECT
                                        `t13`.`period`,
                                        `t13`.`track`,
                                        `t13`.`unit`,
                                        `t13`.`u`,
                                        `t13`.`g`,
                                        `t11`.`indicator`
                                      FROM `t10` AS `t13`
                                      INNER JOIN (
                                        SELECT
                                          `t1`.`track`,
                                          `t1`.`indicator`
                                        FROM `items` AS `t1`
                                      ) AS `t11`
                                        ON `t13`.`track` = `t11`.`track`
                                      LEFT ANTI JOIN (
                                        SELECT
                                          `t6`.`unit`,
                                          `t6`.`track`,
                                          `t6`.`period`,
                                          `t6`.`indicator`,
                                          `t6`.`actual`,
                                          `t6`.`target`,
                                          `t6`.`base`,
                                          `t6`.`exempt`,
                                          `t6`.`target_note`
                                        FROM `figures` AS `t6`
                                        LEFT SEMI JOIN `t10` AS `t14`
                                          ON `t6`.`period` = `t14`.`period`
                                          AND `t6`.`track` = `t14`.`track`
                                          AND `t6`.`unit` = `t14`.`unit`
                                      ) AS `t17`
                                        ON `t13`.`period` = `t17`.`period`
                                        AND `t13`.`track` = `t17`.`track`
                                        AND `t13`.`unit` = `t17`.`unit`
                                        AND `t11`.`indicator` = `t17`.`indicator`
                                    ) AS `t18`
                                  ) AS `t19`
                                ) AS `t20`
                              ) AS `t22`
                              INNER JOIN `items` AS `t5`
                                ON `t22`.`track` = `t5`.`track` AND `t22`.`indicator` = `t5`.`indicator`
                            ) AS `t23`
                          ) AS `t24`
                        ) AS `t25`
                      ) AS `t26`
                    ) AS `t27`
                  ) AS `t28`
                ) AS `t29`
              ) AS `t31`
              INNER JOIN `segments` AS `t4`
                ON `t31`.`seq` = `t4`.`seq`
                AND `t31`.`present` = `t4`.`present`
                AND (
                  `t4`.`lo_n` * `t31`.`r`
                ) <= (
                  `t31`.`p` * `t4`.`lo_d`
                )
                AND (
                  `t31`.`p` * `t4`.`hi_d`
                ) < (
                  `t4`.`hi_n` * `t31`.`r`
                )
            ) AS `t32`
          ) AS `t33`
        ) AS `t34`
      ) AS `t35`
    ) AS `t36`
  ) AS `t37`
) AS `t38`

-- step summed
SELECT
  `t9`.`u`,
  `t9`.`g`,
  `t9`.`dim`,
  `t9`.`scored`,
  `t9`.`exempted`,
  `t9`.`mark_sum`,
  `t9`.`full_all`,
  `t9`.`full_left`,
  `t9`.`missing`,
  `t9`.`unplaced`,
  `t9`.`vetoed`,
  `t9`.`zeroing`,
  `t9`.`zeroing_total`,
  `t9`.`veto_limit`,
  `t9`.`cap`,
  `t9`.`scales`,
  `t9`.`left_out`,
  `t9`.`scaled`,
  `t9`.`capped`,
  IF(
    (
      `t9`.`zeroing` > 0
    ) AND NOT (
      `t9`.`left_out`
    ),
    CAST('0' AS DECIMAL(38, 0)),
    `t9`.`capped`
  ) AS `subtotal`
FROM (
  SELECT
    `t8`.`u`,
    `t8`.`g`,
    `t8`.`dim`,
    `t8`.`scored`,
    `t8`.`exempted`,
    `t8`.`mark_sum`,
    `t8`.`full_all`,
    `t8`.`full_left`,
    `t8`.`missing`,
    `t8`.`unplaced`,
    `t8`.`vetoed`,
    `t8`.`zeroing`,
    `t8`.`zeroing_total`,
    `t8`.`veto_limit`,
    `t8`.`cap`,
    `t8`.`scales`,
    `t8`.`left_out`,
    `t8`.`scaled`,
    IF(
      `t8`.`cap` IS NOT NULL,
      IF(
        `t8`.`scaled` > COALESCE(`t8`.`cap`, CAST('0' AS DECIMAL(38, 0))),
        COALESCE(`t8`.`cap`, CAST('0' AS DECIMAL(38, 0))),
        `t8`.`scaled`
      ),
      `t8`.`scaled`
    ) AS `capped`
  FROM (
    SELECT
      `t7`.`u`,
      `t7`.`g`,
      `t7`.`dim`,
      `t7`.`scored`,
      `t7`.`exempted`,
      `t7`.`mark_sum`,
      `t7`.`full_all`,
      `t7`.`full_left`,
      `t7`.`missing`,
      `t7`.`unplaced`,
      `t7`.`vetoed`,
      `t7`.`zeroing`,
      `t7`.`zeroing_total`,
      `t7`.`veto_limit`,
      `t7`.`cap`,
      `t7`.`scales`,
      `t7`.`left_out`,
      IF(
        `t7`.`left_out`,
        CAST(NULL AS DECIMAL(38, 0)),
        IF(
          `t7`.`scales`,
          RONGHE_QUOTIENT(
            (
              ABS(`t7`.`mark_sum` * `t7`.`full_all`) * CAST('2' AS DECIMAL(38, 0))
            ) + IF(`t7`.`full_left` > 0, `t7`.`full_left`, CAST('1' AS DECIMAL(38, 0))),
            IF(`t7`.`full_left` > 0, `t7`.`full_left`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
          ) * IF(
            (
              `t7`.`mark_sum` * `t7`.`full_all`
            ) < 0,
            CAST('-1' AS DECIMAL(38, 0)),
            CAST('1' AS DECIMAL(38, 0))
          ),
          `t7`.`mark_sum`
        )
      ) AS `scaled`
    FROM (
      SELECT
        `t6`.`u`,
        `t6`.`g`,
        `t6`.`dim`,
        `t6`.`scored`,
        `t6`.`exempted`,
        `t6`.`mark_sum`,
        `t6`.`full_all`,
        `t6`.`full_left`,
        `t6`.`missing`,
        `t6`.`unplaced`,
        `t6`.`vetoed`,
        `t6`.`zeroing`,
        `t6`.`zeroing_total`,
        `t6`.`veto_limit`,
        `t6`.`cap`,
        `t6`.`full_all` <> `t6`.`full_left` AS `scales`,
        (
          `t6`.`scored` = `t6`.`exempted`
        )
        OR (
          (
            `t6`.`full_all` <> `t6`.`full_left`
          ) AND (
            `t6`.`full_left` = 0
          )
        ) AS `left_out`
      FROM (
        SELECT
          `t5`.`u`,
          `t5`.`g`,
          `t5`.`dim`,
          `t5`.`scored`,
          `t5`.`exempted`,
          `t5`.`mark_sum`,
          `t5`.`full_all`,
          `t5`.`full_left`,
          `t5`.`missing`,
          `t5`.`unplaced`,
          `t5`.`vetoed`,
          `t5`.`zeroing`,
          `t5`.`zeroing_total`,
          `t5`.`veto_limit`,
          `t3`.`cap`
        FROM (
          SELECT
            `t0`.`u`,
            `t0`.`g`,
            `t0`.`dim`,
            SUM(CAST(NOT (
              `t0`.`is_veto`
            ) AS BIGINT)) AS `scored`,
            SUM(CAST(NOT (
              `t0`.`is_veto`
            ) AND (
              `t0`.`state` = 'exempt'
            ) AS BIGINT)) AS `exempted`,
            CAST(COALESCE(SUM(`t0`.`mark`), CAST('0' AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS `mark_sum`,
            CAST(SUM(`t0`.`full_scaled`) AS DECIMAL(38, 0)) AS `full_all`,
            CAST(SUM(IF(`t0`.`state` = 'exempt', CAST('0' AS DECIMAL(38, 0)), `t0`.`full_scaled`)) AS DECIMAL(38, 0)) AS `full_left`,
            SUM(CAST(`t0`.`state` = 'missing' AS BIGINT)) AS `missing`,
            SUM(
              CAST((
                `t0`.`state` = 'missing'
              ) AND (
                `t0`.`policy` = 'unplaced'
              ) AS BIGINT)
            ) AS `unplaced`,
            SUM(CAST(`t0`.`strikes` AS BIGINT)) AS `vetoed`,
            SUM(CAST(`t0`.`strikes` AND (
              `t0`.`effect` = 'zero_dimension'
            ) AS BIGINT)) AS `zeroing`,
            SUM(CAST(`t0`.`strikes` AND (
              `t0`.`effect` = 'zero_total'
            ) AS BIGINT)) AS `zeroing_total`,
            MIN(IF(`t0`.`strikes`, `t0`.`limit_units`, CAST(NULL AS DECIMAL(38, 0)))) AS `veto_limit`
          FROM `marked` AS `t0`
          GROUP BY
            1,
            2,
            3
        ) AS `t5`
        INNER JOIN (
          SELECT
            `t1`.`dim`,
            `t1`.`cap`
          FROM `dimensions` AS `t1`
        ) AS `t3`
          ON `t5`.`dim` = `t3`.`dim`
      ) AS `t6`
    ) AS `t7`
  ) AS `t8`
) AS `t9`

-- step totalled
SELECT
  `t13`.`u`,
  `t13`.`g`,
  `t13`.`kept`,
  `t13`.`dimension_sum`,
  `t13`.`total_full_all`,
  `t13`.`total_full_kept`,
  `t13`.`missing`,
  `t13`.`unplaced`,
  `t13`.`vetoed`,
  `t13`.`zeroing_total`,
  `t13`.`total_limit`,
  `t13`.`total_scales`,
  `t13`.`total_scaled`,
  `t13`.`period`,
  `t13`.`track`,
  `t13`.`unit`,
  `t13`.`digits`,
  `t13`.`mark_unit`,
  `t13`.`full_digits`,
  `t13`.`full_unit`,
  `t13`.`cap_units`,
  `t13`.`floor_units`,
  `t13`.`min_peers`,
  `t13`.`total_capped`,
  `t13`.`total_bounded`,
  `t13`.`total_limited`,
  IF(
    (
      `t13`.`zeroing_total` > 0
    ) AND (
      `t13`.`kept` > 0
    ),
    CAST('0' AS DECIMAL(38, 0)),
    `t13`.`total_limited`
  ) AS `total`,
  (
    `t13`.`kept` > 0
  ) AND (
    `t13`.`unplaced` = 0
  ) AS `final`
FROM (
  SELECT
    `t12`.`u`,
    `t12`.`g`,
    `t12`.`kept`,
    `t12`.`dimension_sum`,
    `t12`.`total_full_all`,
    `t12`.`total_full_kept`,
    `t12`.`missing`,
    `t12`.`unplaced`,
    `t12`.`vetoed`,
    `t12`.`zeroing_total`,
    `t12`.`total_limit`,
    `t12`.`total_scales`,
    `t12`.`total_scaled`,
    `t12`.`period`,
    `t12`.`track`,
    `t12`.`unit`,
    `t12`.`digits`,
    `t12`.`mark_unit`,
    `t12`.`full_digits`,
    `t12`.`full_unit`,
    `t12`.`cap_units`,
    `t12`.`floor_units`,
    `t12`.`min_peers`,
    `t12`.`total_capped`,
    `t12`.`total_bounded`,
    IF(
      `t12`.`total_limit` IS NOT NULL,
      IF(
        `t12`.`total_bounded` > COALESCE(`t12`.`total_limit`, CAST('0' AS DECIMAL(38, 0))),
        COALESCE(`t12`.`total_limit`, CAST('0' AS DECIMAL(38, 0))),
        `t12`.`total_bounded`
      ),
      `t12`.`total_bounded`
    ) AS `total_limited`
  FROM (
    SELECT
      `t11`.`u`,
      `t11`.`g`,
      `t11`.`kept`,
      `t11`.`dimension_sum`,
      `t11`.`total_full_all`,
      `t11`.`total_full_kept`,
      `t11`.`missing`,
      `t11`.`unplaced`,
      `t11`.`vetoed`,
      `t11`.`zeroing_total`,
      `t11`.`total_limit`,
      `t11`.`total_scales`,
      `t11`.`total_scaled`,
      `t11`.`period`,
      `t11`.`track`,
      `t11`.`unit`,
      `t11`.`digits`,
      `t11`.`mark_unit`,
      `t11`.`full_digits`,
      `t11`.`full_unit`,
      `t11`.`cap_units`,
      `t11`.`floor_units`,
      `t11`.`min_peers`,
      `t11`.`total_capped`,
      IF(
        `t11`.`floor_units` IS NOT NULL,
        IF(
          `t11`.`total_capped` < COALESCE(`t11`.`floor_units`, CAST('0' AS DECIMAL(38, 0))),
          COALESCE(`t11`.`floor_units`, CAST('0' AS DECIMAL(38, 0))),
          `t11`.`total_capped`
        ),
        `t11`.`total_capped`
      ) AS `total_bounded`
    FROM (
      SELECT
        `t10`.`u`,
        `t10`.`g`,
        `t10`.`kept`,
        `t10`.`dimension_sum`,
        `t10`.`total_full_all`,
        `t10`.`total_full_kept`,
        `t10`.`missing`,
        `t10`.`unplaced`,
        `t10`.`vetoed`,
        `t10`.`zeroing_total`,
        `t10`.`total_limit`,
        `t10`.`total_scales`,
        `t10`.`total_scaled`,
        `t10`.`period`,
        `t10`.`track`,
        `t10`.`unit`,
        `t10`.`digits`,
        `t10`.`mark_unit`,
        `t10`.`full_digits`,
        `t10`.`full_unit`,
        `t10`.`cap_units`,
        `t10`.`floor_units`,
        `t10`.`min_peers`,
        IF(
          `t10`.`cap_units` IS NOT NULL,
          IF(
            `t10`.`total_scaled` > COALESCE(`t10`.`cap_units`, CAST('0' AS DECIMAL(38, 0))),
            COALESCE(`t10`.`cap_units`, CAST('0' AS DECIMAL(38, 0))),
            `t10`.`total_scaled`
          ),
          `t10`.`total_scaled`
        ) AS `total_capped`
      FROM (
        SELECT
          `t9`.`u`,
          `t9`.`g`,
          `t9`.`kept`,
          `t9`.`dimension_sum`,
          `t9`.`total_full_all`,
          `t9`.`total_full_kept`,
          `t9`.`missing`,
          `t9`.`unplaced`,
          `t9`.`vetoed`,
          `t9`.`zeroing_total`,
          `t9`.`total_limit`,
          `t9`.`total_scales`,
          `t9`.`total_scaled`,
          `t5`.`period`,
          `t5`.`track`,
          `t5`.`unit`,
          `t3`.`digits`,
          `t3`.`mark_unit`,
          `t3`.`full_digits`,
          `t3`.`full_unit`,
          `t3`.`cap_units`,
          `t3`.`floor_units`,
          `t3`.`min_peers`
        FROM (
          SELECT
            `t7`.`u`,
            `t7`.`g`,
            `t7`.`kept`,
            `t7`.`dimension_sum`,
            `t7`.`total_full_all`,
            `t7`.`total_full_kept`,
            `t7`.`missing`,
            `t7`.`unplaced`,
            `t7`.`vetoed`,
            `t7`.`zeroing_total`,
            `t7`.`total_limit`,
            `t7`.`total_scales`,
            IF(
              `t7`.`kept` > 0,
              IF(
                `t7`.`total_scales`,
                RONGHE_QUOTIENT(
                  (
                    ABS(`t7`.`dimension_sum` * `t7`.`total_full_all`) * CAST('2' AS DECIMAL(38, 0))
                  ) + IF(`t7`.`total_full_kept` > 0, `t7`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0))),
                  IF(`t7`.`total_full_kept` > 0, `t7`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                ) * IF(
                  (
                    `t7`.`dimension_sum` * `t7`.`total_full_all`
                  ) < 0,
                  CAST('-1' AS DECIMAL(38, 0)),
                  CAST('1' AS DECIMAL(38, 0))
                ),
                `t7`.`dimension_sum`
              ),
              CAST(NULL AS DECIMAL(38, 0))
            ) AS `total_scaled`
          FROM (
            SELECT
              `t6`.`u`,
              `t6`.`g`,
              `t6`.`kept`,
              `t6`.`dimension_sum`,
              `t6`.`total_full_all`,
              `t6`.`total_full_kept`,
              `t6`.`missing`,
              `t6`.`unplaced`,
              `t6`.`vetoed`,
              `t6`.`zeroing_total`,
              `t6`.`total_limit`,
              (
                `t6`.`total_full_all` <> `t6`.`total_full_kept`
              )
              AND (
                `t6`.`total_full_kept` > 0
              ) AS `total_scales`
            FROM (
              SELECT
                `t2`.`u`,
                `t2`.`g`,
                SUM(CAST(NOT (
                  `t2`.`left_out`
                ) AS BIGINT)) AS `kept`,
                CAST(COALESCE(SUM(`t2`.`subtotal`), CAST('0' AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS `dimension_sum`,
                CAST(SUM(`t2`.`full_all`) AS DECIMAL(38, 0)) AS `total_full_all`,
                CAST(SUM(IF(NOT (
                  `t2`.`left_out`
                ), `t2`.`full_all`, CAST('0' AS DECIMAL(38, 0)))) AS DECIMAL(38, 0)) AS `total_full_kept`,
                SUM(`t2`.`missing`) AS `missing`,
                SUM(`t2`.`unplaced`) AS `unplaced`,
                SUM(`t2`.`vetoed`) AS `vetoed`,
                SUM(`t2`.`zeroing_total`) AS `zeroing_total`,
                MIN(`t2`.`veto_limit`) AS `total_limit`
              FROM `summed` AS `t2`
              GROUP BY
                1,
                2
            ) AS `t6`
          ) AS `t7`
        ) AS `t9`
        INNER JOIN (
          SELECT
            `t1`.`u`,
            `t1`.`period`,
            `t1`.`track`,
            `t1`.`unit`
          FROM `units` AS `t1`
        ) AS `t5`
          ON `t9`.`u` = `t5`.`u`
        INNER JOIN `tracks` AS `t3`
          ON `t5`.`track` = `t3`.`track`
      ) AS `t10`
    ) AS `t11`
  ) AS `t12`
) AS `t13`

-- step least
SELECT
  `t28`.`u`,
  `t28`.`seq`,
  `t28`.`dim`,
  `t28`.`mark`,
  `t28`.`actual`,
  `t28`.`target`,
  `t28`.`base`,
  `t28`.`r`,
  `t28`.`looks_at`,
  `t28`.`grid`,
  `t28`.`counts`,
  `t28`.`wanted_mark`
FROM (
  SELECT
    `t27`.`u`,
    `t27`.`seq`,
    `t27`.`dim`,
    `t27`.`mark`,
    `t27`.`actual`,
    `t27`.`target`,
    `t27`.`base`,
    `t27`.`r`,
    `t27`.`looks_at`,
    `t27`.`grid`,
    `t27`.`counts`,
    `t27`.`mark_sum`,
    `t27`.`wanted_mark`
  FROM (
    SELECT
      `t26`.`u`,
      `t26`.`seq`,
      `t26`.`dim`,
      `t26`.`mark`,
      `t26`.`actual`,
      `t26`.`target`,
      `t26`.`base`,
      `t26`.`r`,
      `t26`.`looks_at`,
      `t26`.`grid`,
      `t26`.`counts`,
      `t26`.`wanted_marks`,
      `t26`.`mark_sum`,
      `t26`.`wanted_marks` - (
        `t26`.`mark_sum` - `t26`.`mark`
      ) AS `wanted_mark`
    FROM (
      SELECT
        `t12`.`u`,
        `t12`.`seq`,
        `t12`.`dim`,
        `t12`.`mark`,
        `t12`.`actual`,
        `t12`.`target`,
        `t12`.`base`,
        `t12`.`r`,
        `t12`.`looks_at`,
        `t12`.`grid`,
        `t12`.`counts`,
        `t25`.`wanted_marks`,
        `t25`.`mark_sum`
      FROM (
        SELECT
          `t5`.`u`,
          `t5`.`seq`,
          `t5`.`dim`,
          `t5`.`mark`,
          `t5`.`actual`,
          `t5`.`target`,
          `t5`.`base`,
          `t5`.`r`,
          `t5`.`looks_at`,
          `t5`.`grid`,
          `t5`.`counts`
        FROM (
          SELECT
            *
          FROM `marked` AS `t0`
          WHERE
            `t0`.`present`
            AND NOT (
              `t0`.`is_veto`
            )
            AND `t0`.`state` = 'ok'
            AND `t0`.`mark` IS NOT NULL
            AND `t0`.`actual` IS NOT NULL
        ) AS `t5`
      ) AS `t12`
      INNER JOIN (
        SELECT
          `t23`.`u`,
          `t23`.`dim`,
          `t23`.`wanted_marks`,
          `t23`.`mark_sum`
        FROM (
          SELECT
            `t22`.`u`,
            `t22`.`wanted_sum`,
            `t22`.`dimension_sum`,
            `t22`.`dim`,
            `t22`.`subtotal`,
            `t22`.`mark_sum`,
            `t22`.`full_all`,
            `t22`.`full_left`,
            `t22`.`scales`,
            `t22`.`cap`,
            `t22`.`wanted_subtotal`,
            IF(
              `t22`.`scales`,
              IF(
                `t22`.`wanted_subtotal` > 0,
                -(
                  RONGHE_QUOTIENT(
                    ABS(
                      -(
                        (
                          (
                            `t22`.`wanted_subtotal` * CAST('2' AS DECIMAL(38, 0))
                          ) - CAST('1' AS DECIMAL(38, 0))
                        ) * IF(`t22`.`full_left` > 0, `t22`.`full_left`, CAST('1' AS DECIMAL(38, 0)))
                      )
                    ) + IF(
                      -(
                        (
                          (
                            `t22`.`wanted_subtotal` * CAST('2' AS DECIMAL(38, 0))
                          ) - CAST('1' AS DECIMAL(38, 0))
                        ) * IF(`t22`.`full_left` > 0, `t22`.`full_left`, CAST('1' AS DECIMAL(38, 0)))
                      ) < 0,
                      (
                        IF(`t22`.`full_all` > 0, `t22`.`full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                      ) - CAST('1' AS DECIMAL(38, 0)),
                      CAST('0' AS DECIMAL(38, 0))
                    ),
                    IF(`t22`.`full_all` > 0, `t22`.`full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                  ) * IF(
                    -(
                      (
                        (
                          `t22`.`wanted_subtotal` * CAST('2' AS DECIMAL(38, 0))
                        ) - CAST('1' AS DECIMAL(38, 0))
                      ) * IF(`t22`.`full_left` > 0, `t22`.`full_left`, CAST('1' AS DECIMAL(38, 0)))
                    ) < 0,
                    CAST('-1' AS DECIMAL(38, 0)),
                    CAST('1' AS DECIMAL(38, 0))
                  )
                ),
                (
                  RONGHE_QUOTIENT(
                    ABS(
                      (
                        (
                          `t22`.`wanted_subtotal` * CAST('2' AS DECIMAL(38, 0))
                        ) - CAST('1' AS DECIMAL(38, 0))
                      ) * IF(`t22`.`full_left` > 0, `t22`.`full_left`, CAST('1' AS DECIMAL(38, 0)))
                    ) + IF(
                      (
                        (
                          (
                            `t22`.`wanted_subtotal` * CAST('2' AS DECIMAL(38, 0))
                          ) - CAST('1' AS DECIMAL(38, 0))
                        ) * IF(`t22`.`full_left` > 0, `t22`.`full_left`, CAST('1' AS DECIMAL(38, 0)))
                      ) < 0,
                      (
                        IF(`t22`.`full_all` > 0, `t22`.`full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                      ) - CAST('1' AS DECIMAL(38, 0)),
                      CAST('0' AS DECIMAL(38, 0))
                    ),
                    IF(`t22`.`full_all` > 0, `t22`.`full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                  ) * IF(
                    (
                      (
                        (
                          `t22`.`wanted_subtotal` * CAST('2' AS DECIMAL(38, 0))
                        ) - CAST('1' AS DECIMAL(38, 0))
                      ) * IF(`t22`.`full_left` > 0, `t22`.`full_left`, CAST('1' AS DECIMAL(38, 0)))
                    ) < 0,
                    CAST('-1' AS DECIMAL(38, 0)),
                    CAST('1' AS DECIMAL(38, 0))
                  )
                ) + CAST('1' AS DECIMAL(38, 0))
              ),
              `t22`.`wanted_subtotal`
            ) AS `wanted_marks`
          FROM (
            SELECT
              *
            FROM (
              SELECT
                `t20`.`u`,
                `t20`.`wanted_sum`,
                `t20`.`dimension_sum`,
                `t20`.`dim`,
                `t20`.`subtotal`,
                `t20`.`mark_sum`,
                `t20`.`full_all`,
                `t20`.`full_left`,
                `t20`.`scales`,
                `t20`.`cap`,
                `t20`.`wanted_sum` - (
                  `t20`.`dimension_sum` - `t20`.`subtotal`
                ) AS `wanted_subtotal`
              FROM (
                SELECT
                  `t19`.`u`,
                  `t19`.`wanted_sum`,
                  `t19`.`dimension_sum`,
                  `t13`.`dim`,
                  `t13`.`subtotal`,
                  `t13`.`mark_sum`,
                  `t13`.`full_all`,
                  `t13`.`full_left`,
                  `t13`.`scales`,
                  `t13`.`cap`
                FROM (
                  SELECT
                    `t17`.`u`,
                    `t17`.`wanted_sum`,
                    `t17`.`dimension_sum`
                  FROM (
                    SELECT
                      `t16`.`u`,
                      `t16`.`better`,
                      `t16`.`dimension_sum`,
                      `t16`.`total_full_all`,
                      `t16`.`total_full_kept`,
                      `t16`.`total_scales`,
                      `t16`.`zeroing_total`,
                      `t16`.`total_limit`,
                      `t16`.`cap_units`,
                      IF(
                        `t16`.`total_scales`,
                        IF(
                          `t16`.`better` > 0,
                          -(
                            RONGHE_QUOTIENT(
                              ABS(
                                -(
                                  (
                                    (
                                      `t16`.`better` * CAST('2' AS DECIMAL(38, 0))
                                    ) - CAST('1' AS DECIMAL(38, 0))
                                  ) * IF(`t16`.`total_full_kept` > 0, `t16`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0)))
                                )
                              ) + IF(
                                -(
                                  (
                                    (
                                      `t16`.`better` * CAST('2' AS DECIMAL(38, 0))
                                    ) - CAST('1' AS DECIMAL(38, 0))
                                  ) * IF(`t16`.`total_full_kept` > 0, `t16`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0)))
                                ) < 0,
                                (
                                  IF(`t16`.`total_full_all` > 0, `t16`.`total_full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                                ) - CAST('1' AS DECIMAL(38, 0)),
                                CAST('0' AS DECIMAL(38, 0))
                              ),
                              IF(`t16`.`total_full_all` > 0, `t16`.`total_full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                            ) * IF(
                              -(
                                (
                                  (
                                    `t16`.`better` * CAST('2' AS DECIMAL(38, 0))
                                  ) - CAST('1' AS DECIMAL(38, 0))
                                ) * IF(`t16`.`total_full_kept` > 0, `t16`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0)))
                              ) < 0,
                              CAST('-1' AS DECIMAL(38, 0)),
                              CAST('1' AS DECIMAL(38, 0))
                            )
                          ),
                          (
                            RONGHE_QUOTIENT(
                              ABS(
                                (
                                  (
                                    `t16`.`better` * CAST('2' AS DECIMAL(38, 0))
                                  ) - CAST('1' AS DECIMAL(38, 0))
                                ) * IF(`t16`.`total_full_kept` > 0, `t16`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0)))
                              ) + IF(
                                (
                                  (
                                    (
                                      `t16`.`better` * CAST('2' AS DECIMAL(38, 0))
                                    ) - CAST('1' AS DECIMAL(38, 0))
                                  ) * IF(`t16`.`total_full_kept` > 0, `t16`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0)))
                                ) < 0,
                                (
                                  IF(`t16`.`total_full_all` > 0, `t16`.`total_full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                                ) - CAST('1' AS DECIMAL(38, 0)),
                                CAST('0' AS DECIMAL(38, 0))
                              ),
                              IF(`t16`.`total_full_all` > 0, `t16`.`total_full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                            ) * IF(
                              (
                                (
                                  (
                                    `t16`.`better` * CAST('2' AS DECIMAL(38, 0))
                                  ) - CAST('1' AS DECIMAL(38, 0))
                                ) * IF(`t16`.`total_full_kept` > 0, `t16`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0)))
                              ) < 0,
                              CAST('-1' AS DECIMAL(38, 0)),
                              CAST('1' AS DECIMAL(38, 0))
                            )
                          ) + CAST('1' AS DECIMAL(38, 0))
                        ),
                        `t16`.`better`
                      ) AS `wanted_sum`
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          `t14`.`u`,
                          `t14`.`better`,
                          `t8`.`dimension_sum`,
                          `t8`.`total_full_all`,
                          `t8`.`total_full_kept`,
                          `t8`.`total_scales`,
                          `t8`.`zeroing_total`,
                          `t8`.`total_limit`,
                          `t8`.`cap_units`
                        FROM (
                          SELECT
                            `t7`.`u`,
                            `t7`.`better`
                          FROM (
                            SELECT
                              *
                            FROM `ranked` AS `t2`
                            WHERE
                              `t2`.`better` > `t2`.`total`
                          ) AS `t7`
                        ) AS `t14`
                        INNER JOIN (
                          SELECT
                            `t3`.`u`,
                            `t3`.`dimension_sum`,
                            `t3`.`total_full_all`,
                            `t3`.`total_full_kept`,
                            `t3`.`total_scales`,
                            `t3`.`zeroing_total`,
                            `t3`.`total_limit`,
                            `t3`.`cap_units`
                          FROM `totalled` AS `t3`
                        ) AS `t8`
                          ON `t14`.`u` = `t8`.`u`
                      ) AS `t15`
                      WHERE
                        `t15`.`zeroing_total` = 0
                        AND (
                          (
                            `t15`.`total_limit` IS NULL
                          ) OR (
                            `t15`.`total_limit` >= `t15`.`better`
                          )
                        )
                        AND (
                          (
                            `t15`.`cap_units` IS NULL
                          ) OR (
                            `t15`.`cap_units` >= `t15`.`better`
                          )
                        )
                    ) AS `t16`
                  ) AS `t17`
                ) AS `t19`
                INNER JOIN (
                  SELECT
                    `t6`.`u`,
                    `t6`.`dim`,
                    `t6`.`subtotal`,
                    `t6`.`mark_sum`,
                    `t6`.`full_all`,
                    `t6`.`full_left`,
                    `t6`.`scales`,
                    `t6`.`cap`
                  FROM (
                    SELECT
                      *
                    FROM `summed` AS `t1`
                    WHERE
                      NOT (
                        `t1`.`left_out`
                      ) AND `t1`.`zeroing` = 0
                  ) AS `t6`
                ) AS `t13`
                  ON `t19`.`u` = `t13`.`u`
              ) AS `t20`
            ) AS `t21`
            WHERE
              (
                `t21`.`cap` IS NULL
              ) OR (
                `t21`.`wanted_subtotal` <= `t21`.`cap`
              )
          ) AS `t22`
        ) AS `t23`
      ) AS `t25`
        ON `t12`.`u` = `t25`.`u` AND `t12`.`dim` = `t25`.`dim`
    ) AS `t26`
  ) AS `t27`
) AS `t28`

-- step needed
SELECT
  `t15`.`u`,
  `t15`.`seq`,
  IF(
    (
      RONGHE_QUOTIENT(
        ABS(`t15`.`order` + CAST('1' AS DECIMAL(38, 0))) + IF(
          (
            `t15`.`order` + CAST('1' AS DECIMAL(38, 0))
          ) < 0,
          CAST('2' AS DECIMAL(38, 0)) - CAST('1' AS DECIMAL(38, 0)),
          CAST('0' AS DECIMAL(38, 0))
        ),
        CAST('2' AS DECIMAL(38, 0))
      ) * IF(
        (
          `t15`.`order` + CAST('1' AS DECIMAL(38, 0))
        ) < 0,
        CAST('-1' AS DECIMAL(38, 0)),
        CAST('1' AS DECIMAL(38, 0))
      ) * CAST('2' AS DECIMAL(38, 0))
    ) <> `t15`.`order`,
    `t15`.`actual` + (
      RONGHE_QUOTIENT(
        ABS(`t15`.`order` + CAST('1' AS DECIMAL(38, 0))) + IF(
          (
            `t15`.`order` + CAST('1' AS DECIMAL(38, 0))
          ) < 0,
          CAST('2' AS DECIMAL(38, 0)) - CAST('1' AS DECIMAL(38, 0)),
          CAST('0' AS DECIMAL(38, 0))
        ),
        CAST('2' AS DECIMAL(38, 0))
      ) * IF(
        (
          `t15`.`order` + CAST('1' AS DECIMAL(38, 0))
        ) < 0,
        CAST('-1' AS DECIMAL(38, 0)),
        CAST('1' AS DECIMAL(38, 0))
      )
    ),
    `t15`.`actual` - (
      RONGHE_QUOTIENT(
        ABS(`t15`.`order` + CAST('1' AS DECIMAL(38, 0))) + IF(
          (
            `t15`.`order` + CAST('1' AS DECIMAL(38, 0))
          ) < 0,
          CAST('2' AS DECIMAL(38, 0)) - CAST('1' AS DECIMAL(38, 0)),
          CAST('0' AS DECIMAL(38, 0))
        ),
        CAST('2' AS DECIMAL(38, 0))
      ) * IF(
        (
          `t15`.`order` + CAST('1' AS DECIMAL(38, 0))
        ) < 0,
        CAST('-1' AS DECIMAL(38, 0)),
        CAST('1' AS DECIMAL(38, 0))
      )
    )
  ) AS `needed`
FROM (
  SELECT
    `t14`.`u`,
    `t14`.`seq`,
    MIN(`t14`.`order`) AS `order`,
    MAX(`t14`.`actual`) AS `actual`
  FROM (
    SELECT
      `t13`.`u`,
      `t13`.`seq`,
      `t13`.`dim`,
      `t13`.`mark`,
      `t13`.`actual`,
      `t13`.`target`,
      `t13`.`base`,
      `t13`.`r`,
      `t13`.`looks_at`,
      `t13`.`grid`,
      `t13`.`counts`,
      `t13`.`wanted_mark`,
      `t13`.`seq_right`,
      `t13`.`present`,
      `t13`.`segment`,
      `t13`.`lo_n`,
      `t13`.`lo_d`,
      `t13`.`hi_n`,
      `t13`.`hi_d`,
      `t13`.`a`,
      `t13`.`b`,
      `t13`.`c`,
      `t13`.`whole`,
      `t13`.`each`,
      `t13`.`v`,
      `t13`.`w`,
      `t13`.`low`,
      `t13`.`high`,
      `t13`.`strikes`,
      `t13`.`digits`,
      `t13`.`mark_unit`,
      `t13`.`segment_low`,
      `t13`.`segment_high`,
      `t13`.`all_suffice`,
      `t13`.`reach`,
      `t13`.`stair_need`,
      `t13`.`stair_rate`,
      `t13`.`line_need`,
      `t13`.`steps_need`,
      `t13`.`never`,
      `t13`.`rate`,
      `t13`.`need`,
      `t13`.`p_low`,
      `t13`.`p_high`,
      `t13`.`n_low`,
      `t13`.`n_high`,
      `t13`.`candidate`,
      (
        ABS(`t13`.`candidate` - `t13`.`actual`) * CAST('2' AS DECIMAL(38, 0))
      ) - IF(
        (
          `t13`.`candidate` - `t13`.`actual`
        ) > 0,
        CAST('1' AS DECIMAL(38, 0)),
        CAST('0' AS DECIMAL(38, 0))
      ) AS `order`
    FROM (
      SELECT
        `t12`.`u`,
        `t12`.`seq`,
        `t12`.`dim`,
        `t12`.`mark`,
        `t12`.`actual`,
        `t12`.`target`,
        `t12`.`base`,
        `t12`.`r`,
        `t12`.`looks_at`,
        `t12`.`grid`,
        `t12`.`counts`,
        `t12`.`wanted_mark`,
        `t12`.`seq_right`,
        `t12`.`present`,
        `t12`.`segment`,
        `t12`.`lo_n`,
        `t12`.`lo_d`,
        `t12`.`hi_n`,
        `t12`.`hi_d`,
        `t12`.`a`,
        `t12`.`b`,
        `t12`.`c`,
        `t12`.`whole`,
        `t12`.`each`,
        `t12`.`v`,
        `t12`.`w`,
        `t12`.`low`,
        `t12`.`high`,
        `t12`.`strikes`,
        `t12`.`digits`,
        `t12`.`mark_unit`,
        `t12`.`segment_low`,
        `t12`.`segment_high`,
        `t12`.`all_suffice`,
        `t12`.`reach`,
        `t12`.`stair_need`,
        `t12`.`stair_rate`,
        `t12`.`line_need`,
        `t12`.`steps_need`,
        `t12`.`never`,
        `t12`.`rate`,
        `t12`.`need`,
        `t12`.`p_low`,
        `t12`.`p_high`,
        `t12`.`n_low`,
        `t12`.`n_high`,
        IF(
          IF(
            (
              RONGHE_QUOTIENT(
                ABS((
                  `t12`.`actual` * CAST('2' AS DECIMAL(38, 0))
                ) + `t12`.`grid`) + IF(
                  (
                    (
                      `t12`.`actual` * CAST('2' AS DECIMAL(38, 0))
                    ) + `t12`.`grid`
                  ) < 0,
                  (
                    `t12`.`grid` * CAST('2' AS DECIMAL(38, 0))
                  ) - CAST('1' AS DECIMAL(38, 0)),
                  CAST('0' AS DECIMAL(38, 0))
                ),
                `t12`.`grid` * CAST('2' AS DECIMAL(38, 0))
              ) * IF(
                (
                  (
                    `t12`.`actual` * CAST('2' AS DECIMAL(38, 0))
                  ) + `t12`.`grid`
                ) < 0,
                CAST('-1' AS DECIMAL(38, 0)),
                CAST('1' AS DECIMAL(38, 0))
              )
            ) > `t12`.`n_high`,
            `t12`.`n_high`,
            RONGHE_QUOTIENT(
              ABS((
                `t12`.`actual` * CAST('2' AS DECIMAL(38, 0))
              ) + `t12`.`grid`) + IF(
                (
                  (
                    `t12`.`actual` * CAST('2' AS DECIMAL(38, 0))
                  ) + `t12`.`grid`
                ) < 0,
                (
                  `t12`.`grid` * CAST('2' AS DECIMAL(38, 0))
                ) - CAST('1' AS DECIMAL(38, 0)),
                CAST('0' AS DECIMAL(38, 0))
              ),
              `t12`.`grid` * CAST('2' AS DECIMAL(38, 0))
            ) * IF(
              (
                (
                  `t12`.`actual` * CAST('2' AS DECIMAL(38, 0))
                ) + `t12`.`grid`
              ) < 0,
              CAST('-1' AS DECIMAL(38, 0)),
              CAST('1' AS DECIMAL(38, 0))
            )
          ) < `t12`.`n_low`,
          `t12`.`n_low`,
          IF(
            (
              RONGHE_QUOTIENT(
                ABS((
                  `t12`.`actual` * CAST('2' AS DECIMAL(38, 0))
                ) + `t12`.`grid`) + IF(
                  (
                    (
                      `t12`.`actual` * CAST('2' AS DECIMAL(38, 0))
                    ) + `t12`.`grid`
                  ) < 0,
                  (
                    `t12`.`grid` * CAST('2' AS DECIMAL(38, 0))
                  ) - CAST('1' AS DECIMAL(38, 0)),
                  CAST('0' AS DECIMAL(38, 0))
                ),
                `t12`.`grid` * CAST('2' AS DECIMAL(38, 0))
              ) * IF(
                (
                  (
                    `t12`.`actual` * CAST('2' AS DECIMAL(38, 0))
                  ) + `t12`.`grid`
                ) < 0,
                CAST('-1' AS DECIMAL(38, 0)),
                CAST('1' AS DECIMAL(38, 0))
              )
            ) > `t12`.`n_high`,
            `t12`.`n_high`,
            RONGHE_QUOTIENT(
              ABS((
                `t12`.`actual` * CAST('2' AS DECIMAL(38, 0))
              ) + `t12`.`grid`) + IF(
                (
                  (
                    `t12`.`actual` * CAST('2' AS DECIMAL(38, 0))
                  ) + `t12`.`grid`
                ) < 0,
                (
                  `t12`.`grid` * CAST('2' AS DECIMAL(38, 0))
                ) - CAST('1' AS DECIMAL(38, 0)),
                CAST('0' AS DECIMAL(38, 0))
              ),
              `t12`.`grid` * CAST('2' AS DECIMAL(38, 0))
            ) * IF(
              (
                (
                  `t12`.`actual` * CAST('2' AS DECIMAL(38, 0))
                ) + `t12`.`grid`
              ) < 0,
              CAST('-1' AS DECIMAL(38, 0)),
              CAST('1' AS DECIMAL(38, 0))
            )
          )
        ) * `t12`.`grid` AS `candidate`
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t10`.`u`,
            `t10`.`seq`,
            `t10`.`dim`,
            `t10`.`mark`,
            `t10`.`actual`,
            `t10`.`target`,
            `t10`.`base`,
            `t10`.`r`,
            `t10`.`looks_at`,
            `t10`.`grid`,
            `t10`.`counts`,
            `t10`.`wanted_mark`,
            `t10`.`seq_right`,
            `t10`.`present`,
            `t10`.`segment`,
            `t10`.`lo_n`,
            `t10`.`lo_d`,
            `t10`.`hi_n`,
            `t10`.`hi_d`,
            `t10`.`a`,
            `t10`.`b`,
            `t10`.`c`,
            `t10`.`whole`,
            `t10`.`each`,
            `t10`.`v`,
            `t10`.`w`,
            `t10`.`low`,
            `t10`.`high`,
            `t10`.`strikes`,
            `t10`.`digits`,
            `t10`.`mark_unit`,
            `t10`.`segment_low`,
            `t10`.`segment_high`,
            `t10`.`all_suffice`,
            `t10`.`reach`,
            `t10`.`stair_need`,
            `t10`.`stair_rate`,
            `t10`.`line_need`,
            `t10`.`steps_need`,
            `t10`.`never`,
            `t10`.`rate`,
            `t10`.`need`,
            `t10`.`p_low`,
            `t10`.`p_high`,
            -(
              RONGHE_QUOTIENT(
                ABS(
                  -(
                    IF(
                      IF(
                        (
                          `t10`.`looks_at` = 'attainment'
                        ) AND COALESCE(`t10`.`target` < 0, FALSE),
                        -(
                          `t10`.`p_high`
                        ),
                        `t10`.`p_low` + CASE
                          WHEN `t10`.`looks_at` IN ('deviation', 'difference')
                          THEN `t10`.`target`
                          WHEN `t10`.`looks_at` = 'growth'
                          THEN `t10`.`base`
                          ELSE CAST('0' AS DECIMAL(38, 0))
                        END
                      ) < IF(
                        `t10`.`counts`,
                        CAST('0' AS DECIMAL(38, 0)),
                        CAST('-999999999999999999' AS DECIMAL(38, 0))
                      ),
                      IF(
                        `t10`.`counts`,
                        CAST('0' AS DECIMAL(38, 0)),
                        CAST('-999999999999999999' AS DECIMAL(38, 0))
                      ),
                      IF(
                        (
                          `t10`.`looks_at` = 'attainment'
                        ) AND COALESCE(`t10`.`target` < 0, FALSE),
                        -(
                          `t10`.`p_high`
                        ),
                        `t10`.`p_low` + CASE
                          WHEN `t10`.`looks_at` IN ('deviation', 'difference')
                          THEN `t10`.`target`
                          WHEN `t10`.`looks_at` = 'growth'
                          THEN `t10`.`base`
                          ELSE CAST('0' AS DECIMAL(38, 0))
                        END
                      )
                    )
                  )
                ) + IF(
                  -(
                    IF(
                      IF(
                        (
                          `t10`.`looks_at` = 'attainment'
                        ) AND COALESCE(`t10`.`target` < 0, FALSE),
                        -(
                          `t10`.`p_high`
                        ),
                        `t10`.`p_low` + CASE
                          WHEN `t10`.`looks_at` IN ('deviation', 'difference')
                          THEN `t10`.`target`
                          WHEN `t10`.`looks_at` = 'growth'
                          THEN `t10`.`base`
                          ELSE CAST('0' AS DECIMAL(38, 0))
                        END
                      ) < IF(
                        `t10`.`counts`,
                        CAST('0' AS DECIMAL(38, 0)),
                        CAST('-999999999999999999' AS DECIMAL(38, 0))
                      ),
                      IF(
                        `t10`.`counts`,
                        CAST('0' AS DECIMAL(38, 0)),
                        CAST('-999999999999999999' AS DECIMAL(38, 0))
                      ),
                      IF(
                        (
                          `t10`.`looks_at` = 'attainment'
                        ) AND COALESCE(`t10`.`target` < 0, FALSE),
                        -(
                          `t10`.`p_high`
                        ),
                        `t10`.`p_low` + CASE
                          WHEN `t10`.`looks_at` IN ('deviation', 'difference')
                          THEN `t10`.`target`
                          WHEN `t10`.`looks_at` = 'growth'
                          THEN `t10`.`base`
                          ELSE CAST('0' AS DECIMAL(38, 0))
                        END
                      )
                    )
                  ) < 0,
                  `t10`.`grid` - CAST('1' AS DECIMAL(38, 0)),
                  CAST('0' AS DECIMAL(38, 0))
                ),
                `t10`.`grid`
              ) * IF(
                -(
                  IF(
                    IF(
                      (
                        `t10`.`looks_at` = 'attainment'
                      ) AND COALESCE(`t10`.`target` < 0, FALSE),
                      -(
                        `t10`.`p_high`
                      ),
                      `t10`.`p_low` + CASE
                        WHEN `t10`.`looks_at` IN ('deviation', 'difference')
                        THEN `t10`.`target`
                        WHEN `t10`.`looks_at` = 'growth'
                        THEN `t10`.`base`
                        ELSE CAST('0' AS DECIMAL(38, 0))
                      END
                    ) < IF(
                      `t10`.`counts`,
                      CAST('0' AS DECIMAL(38, 0)),
                      CAST('-999999999999999999' AS DECIMAL(38, 0))
                    ),
                    IF(
                      `t10`.`counts`,
                      CAST('0' AS DECIMAL(38, 0)),
                      CAST('-999999999999999999' AS DECIMAL(38, 0))
                    ),
                    IF(
                      (
                        `t10`.`looks_at` = 'attainment'
                      ) AND COALESCE(`t10`.`target` < 0, FALSE),
                      -(
                        `t10`.`p_high`
                      ),
                      `t10`.`p_low` + CASE
                        WHEN `t10`.`looks_at` IN ('deviation', 'difference')
                        THEN `t10`.`target`
                        WHEN `t10`.`looks_at` = 'growth'
                        THEN `t10`.`base`
                        ELSE CAST('0' AS DECIMAL(38, 0))
                      END
                    )
                  )
                ) < 0,
                CAST('-1' AS DECIMAL(38, 0)),
                CAST('1' AS DECIMAL(38, 0))
              )
            ) AS `n_low`,
            RONGHE_QUOTIENT(
              ABS(
                IF(
                  IF(
                    (
                      `t10`.`looks_at` = 'attainment'
                    ) AND COALESCE(`t10`.`target` < 0, FALSE),
                    -(
                      `t10`.`p_low`
                    ),
                    `t10`.`p_high` + CASE
                      WHEN `t10`.`looks_at` IN ('deviation', 'difference')
                      THEN `t10`.`target`
                      WHEN `t10`.`looks_at` = 'growth'
                      THEN `t10`.`base`
                      ELSE CAST('0' AS DECIMAL(38, 0))
                    END
                  ) > CAST('999999999999999999' AS DECIMAL(38, 0)),
                  CAST('999999999999999999' AS DECIMAL(38, 0)),
                  IF(
                    (
                      `t10`.`looks_at` = 'attainment'
                    ) AND COALESCE(`t10`.`target` < 0, FALSE),
                    -(
                      `t10`.`p_low`
                    ),
                    `t10`.`p_high` + CASE
                      WHEN `t10`.`looks_at` IN ('deviation', 'difference')
                      THEN `t10`.`target`
                      WHEN `t10`.`looks_at` = 'growth'
                      THEN `t10`.`base`
                      ELSE CAST('0' AS DECIMAL(38, 0))
                    END
                  )
                )
              ) + IF(
                IF(
                  IF(
                    (
                      `t10`.`looks_at` = 'attainment'
                    ) AND COALESCE(`t10`.`target` < 0, FALSE),
                    -(
                      `t10`.`p_low`
                    ),
                    `t10`.`p_high` + CASE
                      WHEN `t10`.`looks_at` IN ('deviation', 'difference')
                      THEN `t10`.`target`
                      WHEN `t10`.`looks_at` = 'growth'
                      THEN `t10`.`base`
                      ELSE CAST('0' AS DECIMAL(38, 0))
                    END
                  ) > CAST('999999999999999999' AS DECIMAL(38, 0)),
                  CAST('999999999999999999' AS DECIMAL(38, 0)),
                  IF(
                    (
                      `t10`.`looks_at` = 'attainment'
                    ) AND COALESCE(`t10`.`target` < 0, FALSE),
                    -(
                      `t10`.`p_low`
                    ),
                    `t10`.`p_high` + CASE
                      WHEN `t10`.`looks_at` IN ('deviation', 'difference')
                      THEN `t10`.`target`
                      WHEN `t10`.`looks_at` = 'growth'
                      THEN `t10`.`base`
                      ELSE CAST('0' AS DECIMAL(38, 0))
                    END
                  )
                ) < 0,
                `t10`.`grid` - CAST('1' AS DECIMAL(38, 0)),
                CAST('0' AS DECIMAL(38, 0))
              ),
              `t10`.`grid`
            ) * IF(
              IF(
                IF(
                  (
                    `t10`.`looks_at` = 'attainment'
                  ) AND COALESCE(`t10`.`target` < 0, FALSE),
                  -(
                    `t10`.`p_low`
                  ),
                  `t10`.`p_high` + CASE
                    WHEN `t10`.`looks_at` IN ('deviation', 'difference')
                    THEN `t10`.`target`
                    WHEN `t10`.`looks_at` = 'growth'
                    THEN `t10`.`base`
                    ELSE CAST('0' AS DECIMAL(38, 0))
                  END
                ) > CAST('999999999999999999' AS DECIMAL(38, 0)),
                CAST('999999999999999999' AS DECIMAL(38, 0)),
                IF(
                  (
                    `t10`.`looks_at` = 'attainment'
                  ) AND COALESCE(`t10`.`target` < 0, FALSE),
                  -(
                    `t10`.`p_low`
                  ),
                  `t10`.`p_high` + CASE
                    WHEN `t10`.`looks_at` IN ('deviation', 'difference')
                    THEN `t10`.`target`
                    WHEN `t10`.`looks_at` = 'growth'
                    THEN `t10`.`base`
                    ELSE CAST('0' AS DECIMAL(38, 0))
                  END
                )
              ) < 0,
              CAST('-1' AS DECIMAL(38, 0)),
              CAST('1' AS DECIMAL(38, 0))
            ) AS `n_high`
          FROM (
            SELECT
              *
            FROM (
              SELECT
                `t8`.`u`,
                `t8`.`seq`,
                `t8`.`dim`,
                `t8`.`mark`,
                `t8`.`actual`,
                `t8`.`target`,
                `t8`.`base`,
                `t8`.`r`,
                `t8`.`looks_at`,
                `t8`.`grid`,
                `t8`.`counts`,
                `t8`.`wanted_mark`,
                `t8`.`seq_right`,
                `t8`.`present`,
                `t8`.`segment`,
                `t8`.`lo_n`,
                `t8`.`lo_d`,
                `t8`.`hi_n`,
                `t8`.`hi_d`,
                `t8`.`a`,
                `t8`.`b`,
                `t8`.`c`,
                `t8`.`whole`,
                `t8`.`each`,
                `t8`.`v`,
                `t8`.`w`,
                `t8`.`low`,
                `t8`.`high`,
                `t8`.`strikes`,
                `t8`.`digits`,
                `t8`.`mark_unit`,
                `t8`.`segment_low`,
                `t8`.`segment_high`,
                `t8`.`all_suffice`,
                `t8`.`reach`,
                `t8`.`stair_need`,
                `t8`.`stair_rate`,
                `t8`.`line_need`,
                `t8`.`steps_need`,
                `t8`.`never`,
                `t8`.`rate`,
                `t8`.`need`,
                IF(
                  `t8`.`all_suffice`,
                  `t8`.`segment_low`,
                  IF(
                    IF(
                      `t8`.`rate` > 0,
                      -(
                        RONGHE_QUOTIENT(
                          ABS(-(
                            `t8`.`need`
                          )) + IF(
                            -(
                              `t8`.`need`
                            ) < 0,
                            IF(ABS(`t8`.`rate`) > 0, ABS(`t8`.`rate`), CAST('1' AS DECIMAL(38, 0))) - CAST('1' AS DECIMAL(38, 0)),
                            CAST('0' AS DECIMAL(38, 0))
                          ),
                          IF(ABS(`t8`.`rate`) > 0, ABS(`t8`.`rate`), CAST('1' AS DECIMAL(38, 0)))
                        ) * IF(-(
                          `t8`.`need`
                        ) < 0, CAST('-1' AS DECIMAL(38, 0)), CAST('1' AS DECIMAL(38, 0)))
                      ),
                      CAST('-4000000000000000000' AS DECIMAL(38, 0))
                    ) < `t8`.`segment_low`,
                    `t8`.`segment_low`,
                    IF(
                      `t8`.`rate` > 0,
                      -(
                        RONGHE_QUOTIENT(
                          ABS(-(
                            `t8`.`need`
                          )) + IF(
                            -(
                              `t8`.`need`
                            ) < 0,
                            IF(ABS(`t8`.`rate`) > 0, ABS(`t8`.`rate`), CAST('1' AS DECIMAL(38, 0))) - CAST('1' AS DECIMAL(38, 0)),
                            CAST('0' AS DECIMAL(38, 0))
                          ),
                          IF(ABS(`t8`.`rate`) > 0, ABS(`t8`.`rate`), CAST('1' AS DECIMAL(38, 0)))
                        ) * IF(-(
                          `t8`.`need`
                        ) < 0, CAST('-1' AS DECIMAL(38, 0)), CAST('1' AS DECIMAL(38, 0)))
                      ),
                      CAST('-4000000000000000000' AS DECIMAL(38, 0))
                    )
                  )
                ) AS `p_low`,
                CASE
                  WHEN NOT (
                    `t8`.`all_suffice`
                    OR (
                      NOT (
                        `t8`.`never`
                      )
                      AND (
                        (
                          `t8`.`rate` <> 0
                        ) OR (
                          `t8`.`need` <= 0
                        )
                      )
                    )
                  )
                  THEN CAST('-8000000000000000000' AS DECIMAL(38, 0))
                  WHEN `t8`.`all_suffice`
                  THEN `t8`.`segment_high`
                  ELSE IF(
                    IF(
                      `t8`.`rate` < 0,
                      RONGHE_QUOTIENT(
                        ABS(-(
                          `t8`.`need`
                        )) + IF(
                          -(
                            `t8`.`need`
                          ) < 0,
                          IF(ABS(`t8`.`rate`) > 0, ABS(`t8`.`rate`), CAST('1' AS DECIMAL(38, 0))) - CAST('1' AS DECIMAL(38, 0)),
                          CAST('0' AS DECIMAL(38, 0))
                        ),
                        IF(ABS(`t8`.`rate`) > 0, ABS(`t8`.`rate`), CAST('1' AS DECIMAL(38, 0)))
                      ) * IF(-(
                        `t8`.`need`
                      ) < 0, CAST('-1' AS DECIMAL(38, 0)), CAST('1' AS DECIMAL(38, 0))),
                      CAST('4000000000000000000' AS DECIMAL(38, 0))
                    ) > `t8`.`segment_high`,
                    `t8`.`segment_high`,
                    IF(
                      `t8`.`rate` < 0,
                      RONGHE_QUOTIENT(
                        ABS(-(
                          `t8`.`need`
                        )) + IF(
                          -(
                            `t8`.`need`
                          ) < 0,
                          IF(ABS(`t8`.`rate`) > 0, ABS(`t8`.`rate`), CAST('1' AS DECIMAL(38, 0))) - CAST('1' AS DECIMAL(38, 0)),
                          CAST('0' AS DECIMAL(38, 0))
                        ),
                        IF(ABS(`t8`.`rate`) > 0, ABS(`t8`.`rate`), CAST('1' AS DECIMAL(38, 0)))
                      ) * IF(-(
                        `t8`.`need`
                      ) < 0, CAST('-1' AS DECIMAL(38, 0)), CAST('1' AS DECIMAL(38, 0))),
                      CAST('4000000000000000000' AS DECIMAL(38, 0))
                    )
                  )
                END AS `p_high`
              FROM (
                SELECT
                  `t7`.`u`,
                  `t7`.`seq`,
                  `t7`.`dim`,
                  `t7`.`mark`,
                  `t7`.`actual`,
                  `t7`.`target`,
                  `t7`.`base`,
                  `t7`.`r`,
                  `t7`.`looks_at`,
                  `t7`.`grid`,
                  `t7`.`counts`,
                  `t7`.`wanted_mark`,
                  `t7`.`seq_right`,
                  `t7`.`present`,
                  `t7`.`segment`,
                  `t7`.`lo_n`,
                  `t7`.`lo_d`,
                  `t7`.`hi_n`,
                  `t7`.`hi_d`,
                  `t7`.`a`,
                  `t7`.`b`,
                  `t7`.`c`,
                  `t7`.`whole`,
                  `t7`.`each`,
                  `t7`.`v`,
                  `t7`.`w`,
                  `t7`.`low`,
                  `t7`.`high`,
                  `t7`.`strikes`,
                  `t7`.`digits`,
                  `t7`.`mark_unit`,
                  `t7`.`segment_low`,
                  `t7`.`segment_high`,
                  `t7`.`all_suffice`,
                  `t7`.`reach`,
                  `t7`.`stair_need`,
                  `t7`.`stair_rate`,
                  `t7`.`line_need`,
                  `t7`.`steps_need`,
                  `t7`.`never`,
                  IF(
                    `t7`.`whole`,
                    CASE
                      WHEN `t7`.`stair_rate` > 0
                      THEN `t7`.`a`
                      WHEN `t7`.`stair_rate` < 0
                      THEN -(
                        `t7`.`a`
                      )
                      ELSE CAST('0' AS DECIMAL(38, 0))
                    END,
                    `t7`.`mark_unit` * CAST('2' AS DECIMAL(38, 0)) * `t7`.`a`
                  ) AS `rate`,
                  CASE
                    WHEN NOT (
                      `t7`.`whole`
                    )
                    THEN `t7`.`line_need`
                    WHEN `t7`.`stair_rate` = 0
                    THEN `t7`.`stair_need`
                    ELSE `t7`.`steps_need`
                  END AS `need`
                FROM (
                  SELECT
                    `t6`.`u`,
                    `t6`.`seq`,
                    `t6`.`dim`,
                    `t6`.`mark`,
                    `t6`.`actual`,
                    `t6`.`target`,
                    `t6`.`base`,
                    `t6`.`r`,
                    `t6`.`looks_at`,
                    `t6`.`grid`,
                    `t6`.`counts`,
                    `t6`.`wanted_mark`,
                    `t6`.`seq_right`,
                    `t6`.`present`,
                    `t6`.`segment`,
                    `t6`.`lo_n`,
                    `t6`.`lo_d`,
                    `t6`.`hi_n`,
                    `t6`.`hi_d`,
                    `t6`.`a`,
                    `t6`.`b`,
                    `t6`.`c`,
                    `t6`.`whole`,
                    `t6`.`each`,
                    `t6`.`v`,
                    `t6`.`w`,
                    `t6`.`low`,
                    `t6`.`high`,
                    `t6`.`strikes`,
                    `t6`.`digits`,
                    `t6`.`mark_unit`,
                    `t6`.`segment_low`,
                    `t6`.`segment_high`,
                    `t6`.`all_suffice`,
                    `t6`.`reach`,
                    `t6`.`stair_need`,
                    `t6`.`stair_rate`,
                    `t6`.`line_need`,
                    IF(
                      `t6`.`stair_rate` > 0,
                      (
                        (
                          IF(
                            -(
                              RONGHE_QUOTIENT(
                                ABS(-(
                                  `t6`.`stair_need`
                                )) + IF(
                                  -(
                                    `t6`.`stair_need`
                                  ) < 0,
                                  IF(ABS(`t6`.`stair_rate`) > 0, ABS(`t6`.`stair_rate`), CAST('1' AS DECIMAL(38, 0))) - CAST('1' AS DECIMAL(38, 0)),
                                  CAST('0' AS DECIMAL(38, 0))
                                ),
                                IF(ABS(`t6`.`stair_rate`) > 0, ABS(`t6`.`stair_rate`), CAST('1' AS DECIMAL(38, 0)))
                              ) * IF(
                                -(
                                  `t6`.`stair_need`
                                ) < 0,
                                CAST('-1' AS DECIMAL(38, 0)),
                                CAST('1' AS DECIMAL(38, 0))
                              )
                            ) < CAST('0' AS DECIMAL(38, 0)),
                            CAST('0' AS DECIMAL(38, 0)),
                            -(
                              RONGHE_QUOTIENT(
                                ABS(-(
                                  `t6`.`stair_need`
                                )) + IF(
                                  -(
                                    `t6`.`stair_need`
                                  ) < 0,
                                  IF(ABS(`t6`.`stair_rate`) > 0, ABS(`t6`.`stair_rate`), CAST('1' AS DECIMAL(38, 0))) - CAST('1' AS DECIMAL(38, 0)),
                                  CAST('0' AS DECIMAL(38, 0))
                                ),
                                IF(ABS(`t6`.`stair_rate`) > 0, ABS(`t6`.`stair_rate`), CAST('1' AS DECIMAL(38, 0)))
                              ) * IF(
                                -(
                                  `t6`.`stair_need`
                                ) < 0,
                                CAST('-1' AS DECIMAL(38, 0)),
                                CAST('1' AS DECIMAL(38, 0))
                              )
                            )
                          ) * `t6`.`c`
                        ) - `t6`.`b`
                      ) * `t6`.`r`,
                      (
                        -(
                          (
                            (
                              (
                                RONGHE_QUOTIENT(
                                  ABS(-(
                                    `t6`.`stair_need`
                                  )) + IF(
                                    -(
                                      `t6`.`stair_need`
                                    ) < 0,
                                    IF(ABS(`t6`.`stair_rate`) > 0, ABS(`t6`.`stair_rate`), CAST('1' AS DECIMAL(38, 0))) - CAST('1' AS DECIMAL(38, 0)),
                                    CAST('0' AS DECIMAL(38, 0))
                                  ),
                                  IF(ABS(`t6`.`stair_rate`) > 0, ABS(`t6`.`stair_rate`), CAST('1' AS DECIMAL(38, 0)))
                                ) * IF(
                                  -(
                                    `t6`.`stair_need`
                                  ) < 0,
                                  CAST('-1' AS DECIMAL(38, 0)),
                                  CAST('1' AS DECIMAL(38, 0))
                                )
                              ) + CAST('1' AS DECIMAL(38, 0))
                            ) * `t6`.`c`
                          ) - `t6`.`b`
                        ) * `t6`.`r`
                      ) + CAST('1' AS DECIMAL(38, 0))
                    ) AS `steps_need`,
                    `t6`.`whole`
                    AND (
                      `t6`.`stair_rate` < 0
                    )
                    AND (
                      (
                        RONGHE_QUOTIENT(
                          ABS(-(
                            `t6`.`stair_need`
                          )) + IF(
                            -(
                              `t6`.`stair_need`
                            ) < 0,
                            IF(ABS(`t6`.`stair_rate`) > 0, ABS(`t6`.`stair_rate`), CAST('1' AS DECIMAL(38, 0))) - CAST('1' AS DECIMAL(38, 0)),
                            CAST('0' AS DECIMAL(38, 0))
                          ),
                          IF(ABS(`t6`.`stair_rate`) > 0, ABS(`t6`.`stair_rate`), CAST('1' AS DECIMAL(38, 0)))
                        ) * IF(
                          -(
                            `t6`.`stair_need`
                          ) < 0,
                          CAST('-1' AS DECIMAL(38, 0)),
                          CAST('1' AS DECIMAL(38, 0))
                        )
                      ) < 0
                    ) AS `never`
                  FROM (
                    SELECT
                      `t5`.`u`,
                      `t5`.`seq`,
                      `t5`.`dim`,
                      `t5`.`mark`,
                      `t5`.`actual`,
                      `t5`.`target`,
                      `t5`.`base`,
                      `t5`.`r`,
                      `t5`.`looks_at`,
                      `t5`.`grid`,
                      `t5`.`counts`,
                      `t5`.`wanted_mark`,
                      `t5`.`seq_right`,
                      `t5`.`present`,
                      `t5`.`segment`,
                      `t5`.`lo_n`,
                      `t5`.`lo_d`,
                      `t5`.`hi_n`,
                      `t5`.`hi_d`,
                      `t5`.`a`,
                      `t5`.`b`,
                      `t5`.`c`,
                      `t5`.`whole`,
                      `t5`.`each`,
                      `t5`.`v`,
                      `t5`.`w`,
                      `t5`.`low`,
                      `t5`.`high`,
                      `t5`.`strikes`,
                      `t5`.`digits`,
                      `t5`.`mark_unit`,
                      `t5`.`segment_low`,
                      `t5`.`segment_high`,
                      `t5`.`all_suffice`,
                      `t5`.`reach`,
                      (
                        (
                          (
                            (
                              `t5`.`reach` * CAST('2' AS DECIMAL(38, 0))
                            ) - CAST('1' AS DECIMAL(38, 0))
                          ) * `t5`.`w`
                        ) - (
                          `t5`.`mark_unit` * CAST('2' AS DECIMAL(38, 0)) * `t5`.`v`
                        )
                      ) + IF(`t5`.`reach` > 0, CAST('0' AS DECIMAL(38, 0)), CAST('1' AS DECIMAL(38, 0))) AS `stair_need`,
                      `t5`.`mark_unit` * CAST('2' AS DECIMAL(38, 0)) * `t5`.`each` AS `stair_rate`,
                      (
                        (
                          (
                            (
                              (
                                `t5`.`reach` * CAST('2' AS DECIMAL(38, 0))
                              ) - CAST('1' AS DECIMAL(38, 0))
                            ) * `t5`.`c`
                          ) - (
                            `t5`.`mark_unit` * CAST('2' AS DECIMAL(38, 0)) * `t5`.`b`
                          )
                        ) * `t5`.`r`
                      ) + IF(`t5`.`reach` > 0, CAST('0' AS DECIMAL(38, 0)), CAST('1' AS DECIMAL(38, 0))) AS `line_need`
                    FROM (
                      SELECT
                        `t4`.`u`,
                        `t4`.`seq`,
                        `t4`.`dim`,
                        `t4`.`mark`,
                        `t4`.`actual`,
                        `t4`.`target`,
                        `t4`.`base`,
                        `t4`.`r`,
                        `t4`.`looks_at`,
                        `t4`.`grid`,
                        `t4`.`counts`,
                        `t4`.`wanted_mark`,
                        `t4`.`seq_right`,
                        `t4`.`present`,
                        `t4`.`segment`,
                        `t4`.`lo_n`,
                        `t4`.`lo_d`,
                        `t4`.`hi_n`,
                        `t4`.`hi_d`,
                        `t4`.`a`,
                        `t4`.`b`,
                        `t4`.`c`,
                        `t4`.`whole`,
                        `t4`.`each`,
                        `t4`.`v`,
                        `t4`.`w`,
                        `t4`.`low`,
                        `t4`.`high`,
                        `t4`.`strikes`,
                        `t4`.`digits`,
                        `t4`.`mark_unit`,
                        IF(
                          `t4`.`lo_d` = 0,
                          CAST('-4000000000000000000' AS DECIMAL(38, 0)),
                          -(
                            RONGHE_QUOTIENT(
                              ABS(-(
                                `t4`.`lo_n` * `t4`.`r`
                              )) + IF(
                                -(
                                  `t4`.`lo_n` * `t4`.`r`
                                ) < 0,
                                IF(`t4`.`lo_d` > 0, `t4`.`lo_d`, CAST('1' AS DECIMAL(38, 0))) - CAST('1' AS DECIMAL(38, 0)),
                                CAST('0' AS DECIMAL(38, 0))
                              ),
                              IF(`t4`.`lo_d` > 0, `t4`.`lo_d`, CAST('1' AS DECIMAL(38, 0)))
                            ) * IF(
                              -(
                                `t4`.`lo_n` * `t4`.`r`
                              ) < 0,
                              CAST('-1' AS DECIMAL(38, 0)),
                              CAST('1' AS DECIMAL(38, 0))
                            )
                          )
                        ) AS `segment_low`,
                        IF(
                          `t4`.`hi_d` = 0,
                          CAST('4000000000000000000' AS DECIMAL(38, 0)),
                          -(
                            RONGHE_QUOTIENT(
                              ABS(-(
                                `t4`.`hi_n` * `t4`.`r`
                              )) + IF(
                                -(
                                  `t4`.`hi_n` * `t4`.`r`
                                ) < 0,
                                IF(`t4`.`hi_d` > 0, `t4`.`hi_d`, CAST('1' AS DECIMAL(38, 0))) - CAST('1' AS DECIMAL(38, 0)),
                                CAST('0' AS DECIMAL(38, 0))
                              ),
                              IF(`t4`.`hi_d` > 0, `t4`.`hi_d`, CAST('1' AS DECIMAL(38, 0)))
                            ) * IF(
                              -(
                                `t4`.`hi_n` * `t4`.`r`
                              ) < 0,
                              CAST('-1' AS DECIMAL(38, 0)),
                              CAST('1' AS DECIMAL(38, 0))
                            )
                          ) - CAST('1' AS DECIMAL(38, 0))
                        ) AS `segment_high`,
                        `t4`.`wanted_mark` <= `t4`.`low` AS `all_suffice`,
                        IF(
                          IF(`t4`.`wanted_mark` > `t4`.`high`, `t4`.`high`, `t4`.`wanted_mark`) < `t4`.`low`,
                          `t4`.`low`,
                          IF(`t4`.`wanted_mark` > `t4`.`high`, `t4`.`high`, `t4`.`wanted_mark`)
                        ) AS `reach`
                      FROM (
                        SELECT
                          `t2`.`u`,
                          `t2`.`seq`,
                          `t2`.`dim`,
                          `t2`.`mark`,
                          `t2`.`actual`,
                          `t2`.`target`,
                          `t2`.`base`,
                          `t2`.`r`,
                          `t2`.`looks_at`,
                          `t2`.`grid`,
                          `t2`.`counts`,
                          `t2`.`wanted_mark`,
                          `t3`.`seq` AS `seq_right`,
                          `t3`.`present`,
                          `t3`.`segment`,
                          `t3`.`lo_n`,
                          `t3`.`lo_d`,
                          `t3`.`hi_n`,
                          `t3`.`hi_d`,
                          `t3`.`a`,
                          `t3`.`b`,
                          `t3`.`c`,
                          `t3`.`whole`,
                          `t3`.`each`,
                          `t3`.`v`,
                          `t3`.`w`,
                          `t3`.`low`,
                          `t3`.`high`,
                          `t3`.`strikes`,
                          `t3`.`digits`,
                          `t3`.`mark_unit`
                        FROM `least` AS `t2`
                        INNER JOIN `segments` AS `t3`
                          ON `t2`.`seq` = `t3`.`seq`
                          AND `t3`.`present` = TRUE
                          AND `t3`.`high` >= `t2`.`wanted_mark`
                      ) AS `t4`
                    ) AS `t5`
                  ) AS `t6`
                ) AS `t7`
              ) AS `t8`
            ) AS `t9`
            WHERE
              `t9`.`p_low` <= `t9`.`p_high`
          ) AS `t10`
        ) AS `t11`
        WHERE
          `t11`.`n_low` <= `t11`.`n_high`
      ) AS `t12`
    ) AS `t13`
  ) AS `t14`
  GROUP BY
    1,
    2
) AS `t15`

-- step marks
SELECT
  `t16`.`period`,
  `t16`.`track`,
  `t16`.`unit`,
  `t16`.`dimension`,
  `t16`.`indicator`,
  `t16`.`actual`,
  `t16`.`target`,
  `t16`.`x`,
  `t16`.`full`,
  `t16`.`mark`,
  `t16`.`lost`,
  `t16`.`state`,
  `t16`.`because`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t6`.`period`,
      `t6`.`track`,
      `t6`.`unit`,
      `t14`.`dimension`,
      `t14`.`indicator`,
      `t14`.`actual`,
      `t14`.`target`,
      `t14`.`x`,
      `t14`.`full`,
      `t14`.`mark`,
      `t14`.`lost`,
      `t14`.`state`,
      `t14`.`because`,
      `t14`.`u`,
      `t14`.`seq`
    FROM (
      SELECT
        `t12`.`u`,
        `t12`.`seq`,
        `t12`.`dimension`,
        `t12`.`indicator`,
        `t12`.`actual`,
        `t12`.`target`,
        `t12`.`ratio` AS `x`,
        `t12`.`full_units` AS `full`,
        `t12`.`mark`,
        IF(
          (
            `t12`.`full_units` - `t12`.`mark`
          ) < CAST('0' AS DECIMAL(38, 0)),
          CAST('0' AS DECIMAL(38, 0)),
          `t12`.`full_units` - `t12`.`mark`
        ) AS `lost`,
        `t12`.`state`,
        CONCAT(
          CASE
            WHEN `t12`.`exempt` IS NOT NULL
            THEN CONCAT('经批准本期免考:', COALESCE(`t12`.`exempt`, ''))
            WHEN `t12`.`present`
            THEN CONCAT(
              `t12`.`counted`,
              CASE
                WHEN NOT (
                  `t12`.`shows_mark`
                )
                THEN ''
                WHEN `t12`.`free` > `t12`.`high`
                THEN CONCAT(CONCAT(CONCAT(',超过上限 ', `t12`.`high_text`), ',按上限计 '), `t12`.`mark_text`)
                WHEN `t12`.`free` < `t12`.`low`
                THEN CONCAT(CONCAT(CONCAT(',低于下限 ', `t12`.`low_text`), ',按下限计 '), `t12`.`mark_text`)
                WHEN `t12`.`rounded`
                THEN CONCAT(' ≈ ', `t12`.`mark_text`)
                ELSE CONCAT(`t12`.`result`, `t12`.`mark_text`)
              END
            )
            WHEN `t12`.`is_veto`
            THEN '未报,按未发生计'
            ELSE CONCAT(
              CASE
                WHEN `t12`.`actual` IS NULL
                THEN '未报实际值'
                WHEN `t12`.`looks_at` IN ('attainment', 'deviation', 'difference')
                AND (
                  `t12`.`target` IS NULL
                )
                THEN '没有目标值'
                WHEN `t12`.`looks_at` IN ('attainment', 'deviation', 'difference')
                THEN '目标值为 0,不能作除数'
                WHEN `t12`.`base` IS NULL
                THEN '没有对比基数'
                ELSE '对比基数为 0,不能作除数'
              END,
              CASE
                WHEN `t12`.`policy` = 'zero'
                THEN CONCAT(',按规定计 ', `t12`.`mark_text`)
                WHEN `t12`.`policy` = 'exempt'
                THEN ',按规定免考,所在维度按其余指标的满分折算'
                ELSE ',本项暂无得分,总分为暂定'
              END
            )
          END,
          IF(
            `t12`.`target_note` IS NOT NULL,
            CONCAT(';目标说明:', COALESCE(`t12`.`target_note`, '')),
            ''
          )
        ) AS `because`
      FROM (
        SELECT
          `t11`.`u`,
          `t11`.`g`,
          `t11`.`seq`,
          `t11`.`dim`,
          `t11`.`is_veto`,
          `t11`.`actual`,
          `t11`.`target`,
          `t11`.`base`,
          `t11`.`exempt`,
          `t11`.`target_note`,
          `t11`.`looks_at`,
          `t11`.`policy`,
          `t11`.`present`,
          `t11`.`p`,
          `t11`.`r`,
          `t11`.`segment`,
          `t11`.`free`,
          `t11`.`low`,
          `t11`.`high`,
          `t11`.`mark`,
          `t11`.`state`,
          `t11`.`strikes`,
          `t11`.`full_units`,
          `t11`.`full_scaled`,
          `t11`.`grid`,
          `t11`.`counts`,
          `t11`.`effect`,
          `t11`.`limit_units`,
          `t11`.`digits`,
          `t11`.`indicator`,
          `t11`.`dimension`,
          `t11`.`text1`,
          `t11`.`text2`,
          `t11`.`text3`,
          `t11`.`text4`,
          `t11`.`again`,
          `t11`.`result`,
          `t11`.`low_text`,
          `t11`.`high_text`,
          `t11`.`x_a`,
          `t11`.`x_b`,
          `t11`.`x_c`,
          `t11`.`y_a`,
          `t11`.`y_b`,
          `t11`.`y_c`,
          `t11`.`has_x`,
          `t11`.`has_y`,
          `t11`.`y_whole`,
          `t11`.`shows_mark`,
          `t11`.`has_ratio`,
          `t11`.`x_n`,
          `t11`.`x_d`,
          `t11`.`y_n`,
          `t11`.`y_d`,
          `t11`.`ratio`,
          `t11`.`x_units`,
          `t11`.`y_units`,
          `t11`.`x_exact`,
          `t11`.`y_exact`,
          `t11`.`mark_text`,
          IF(
            `t11`.`present`,
            CONCAT(
              CONCAT(
                CONCAT(
                  CONCAT(
                    CONCAT(
                      CONCAT(
                        CONCAT(
                          CASE
                            WHEN `t11`.`looks_at` = 'attainment'
                            THEN CONCAT(
                              CONCAT(
                                CONCAT(
                                  CONCAT(
                                    '完成率 ',
                                    IF(
                                      `t11`.`actual` < 0,
                                      CONCAT(CONCAT('(', RONGHE_MICRO_TEXT(`t11`.`actual`)), ')'),
                                      RONGHE_MICRO_TEXT(`t11`.`actual`)
                                    )
                                  ),
                                  ' ÷ '
                                ),
                                IF(
                                  `t11`.`target` < 0,
                                  CONCAT(CONCAT('(', RONGHE_MICRO_TEXT(`t11`.`target`)), ')'),
                                  RONGHE_MICRO_TEXT(`t11`.`target`)
                                )
                              ),
                              CONCAT(
                                IF(
                                  (
                                    `t11`.`ratio` * `t11`.`r`
                                  ) = (
                                    `t11`.`p` * CAST('1000000' AS DECIMAL(38, 0))
                                  ),
                                  ' = ',
                                  ' ≈ '
                                ),
                                RONGHE_MICRO_TEXT(`t11`.`ratio`)
                              )
                            )
                            WHEN `t11`.`looks_at` = 'actual'
                            THEN CONCAT('实际值 ', RONGHE_MICRO_TEXT(`t11`.`actual`))
                            WHEN `t11`.`looks_at` = 'deviation'
                            THEN CONCAT(
                              CONCAT(
                                CONCAT(
                                  CONCAT(
                                    CONCAT(
                                      CONCAT(
                                        CONCAT(
                                          '偏差率 [',
                                          IF(
                                            `t11`.`actual` < 0,
                                            CONCAT(CONCAT('(', RONGHE_MICRO_TEXT(`t11`.`actual`)), ')'),
                                            RONGHE_MICRO_TEXT(`t11`.`actual`)
                                          )
                                        ),
                                        ' − '
                                      ),
                                      IF(
                                        `t11`.`target` < 0,
                                        CONCAT(CONCAT('(', RONGHE_MICRO_TEXT(`t11`.`target`)), ')'),
                                        RONGHE_MICRO_TEXT(`t11`.`target`)
                                      )
                                    ),
                                    '] ÷ |'
                                  ),
                                  RONGHE_MICRO_TEXT(`t11`.`target`)
                                ),
                                '|'
                              ),
                              CONCAT(
                                IF(
                                  (
                                    `t11`.`ratio` * `t11`.`r`
                                  ) = (
                                    `t11`.`p` * CAST('1000000' AS DECIMAL(38, 0))
                                  ),
                                  ' = ',
                                  ' ≈ '
                                ),
                                RONGHE_MICRO_TEXT(`t11`.`ratio`)
                              )
                            )
                            WHEN `t11`.`looks_at` = 'difference'
                            THEN CONCAT(
                              CONCAT(
                                CONCAT(
                                  CONCAT(
                                    '差值 ',
                                    IF(
                                      `t11`.`actual` < 0,
                                      CONCAT(CONCAT('(', RONGHE_MICRO_TEXT(`t11`.`actual`)), ')'),
                                      RONGHE_MICRO_TEXT(`t11`.`actual`)
                                    )
                                  ),
                                  ' − '
                                ),
                                IF(
                                  `t11`.`target` < 0,
                                  CONCAT(CONCAT('(', RONGHE_MICRO_TEXT(`t11`.`target`)), ')'),
                                  RONGHE_MICRO_TEXT(`t11`.`target`)
                                )
                              ),
                              CONCAT(
                                IF(
                                  (
                                    `t11`.`ratio` * `t11`.`r`
                                  ) = (
                                    `t11`.`p` * CAST('1000000' AS DECIMAL(38, 0))
                                  ),
                                  ' = ',
                                  ' ≈ '
                                ),
                                RONGHE_MICRO_TEXT(`t11`.`ratio`)
                              )
                            )
                            WHEN `t11`.`looks_at` = 'growth'
                            THEN CONCAT(
                              CONCAT(
                                CONCAT(
                                  CONCAT(
                                    CONCAT(
                                      CONCAT(
                                        CONCAT(
                                          '增长率 [',
                                          IF(
                                            `t11`.`actual` < 0,
                                            CONCAT(CONCAT('(', RONGHE_MICRO_TEXT(`t11`.`actual`)), ')'),
                                            RONGHE_MICRO_TEXT(`t11`.`actual`)
                                          )
                                        ),
                                        ' − '
                                      ),
                                      IF(
                                        `t11`.`base` < 0,
                                        CONCAT(CONCAT('(', RONGHE_MICRO_TEXT(`t11`.`base`)), ')'),
                                        RONGHE_MICRO_TEXT(`t11`.`base`)
                                      )
                                    ),
                                    '] ÷ |'
                                  ),
                                  RONGHE_MICRO_TEXT(`t11`.`base`)
                                ),
                                '|'
                              ),
                              CONCAT(
                                IF(
                                  (
                                    `t11`.`ratio` * `t11`.`r`
                                  ) = (
                                    `t11`.`p` * CAST('1000000' AS DECIMAL(38, 0))
                                  ),
                                  ' = ',
                                  ' ≈ '
                                ),
                                RONGHE_MICRO_TEXT(`t11`.`ratio`)
                              )
                            )
                            ELSE ''
                          END,
                          `t11`.`text1`
                        ),
                        IF(
                          `t11`.`has_x`,
                          CONCAT(
                            IF(`t11`.`x_exact`, ' ', '约 '),
                            IF(`t11`.`has_x`, RONGHE_MICRO_TEXT(`t11`.`x_units`), '')
                          ),
                          ''
                        )
                      ),
                      `t11`.`text2`
                    ),
                    IF(
                      `t11`.`has_y`,
                      CONCAT(
                        IF(`t11`.`y_exact`, ' ', '约 '),
                        IF(`t11`.`has_y`, RONGHE_MICRO_TEXT(`t11`.`y_units`), '')
                      ),
                      ''
                    )
                  ),
                  `t11`.`text3`
                ),
                CASE
                  WHEN `t11`.`again` = 'x'
                  THEN IF(`t11`.`has_x`, RONGHE_MICRO_TEXT(`t11`.`x_units`), '')
                  WHEN `t11`.`again` = 'y'
                  THEN IF(`t11`.`has_y`, RONGHE_MICRO_TEXT(`t11`.`y_units`), '')
                  ELSE ''
                END
              ),
              `t11`.`text4`
            ),
            ''
          ) AS `counted`,
          (
            (
              `t11`.`again` = 'x'
            ) AND NOT (
              `t11`.`x_exact`
            )
          )
          OR (
            (
              `t11`.`again` = 'y'
            ) AND NOT (
              `t11`.`y_exact`
            )
          ) AS `rounded`
        FROM (
          SELECT
            `t10`.`u`,
            `t10`.`g`,
            `t10`.`seq`,
            `t10`.`dim`,
            `t10`.`is_veto`,
            `t10`.`actual`,
            `t10`.`target`,
            `t10`.`base`,
            `t10`.`exempt`,
            `t10`.`target_note`,
            `t10`.`looks_at`,
            `t10`.`policy`,
            `t10`.`present`,
            `t10`.`p`,
            `t10`.`r`,
            `t10`.`segment`,
            `t10`.`free`,
            `t10`.`low`,
            `t10`.`high`,
            `t10`.`mark`,
            `t10`.`state`,
            `t10`.`strikes`,
            `t10`.`full_units`,
            `t10`.`full_scaled`,
            `t10`.`grid`,
            `t10`.`counts`,
            `t10`.`effect`,
            `t10`.`limit_units`,
            `t10`.`digits`,
            `t10`.`indicator`,
            `t10`.`dimension`,
            `t10`.`text1`,
            `t10`.`text2`,
            `t10`.`text3`,
            `t10`.`text4`,
            `t10`.`again`,
            `t10`.`result`,
            `t10`.`low_text`,
            `t10`.`high_text`,
            `t10`.`x_a`,
            `t10`.`x_b`,
            `t10`.`x_c`,
            `t10`.`y_a`,
            `t10`.`y_b`,
            `t10`.`y_c`,
            `t10`.`has_x`,
            `t10`.`has_y`,
            `t10`.`y_whole`,
            `t10`.`shows_mark`,
            `t10`.`has_ratio`,
            `t10`.`x_n`,
            `t10`.`x_d`,
            `t10`.`y_n`,
            `t10`.`y_d`,
            `t10`.`ratio`,
            `t10`.`x_units`,
            `t10`.`y_units`,
            `t10`.`x_exact`,
            `t10`.`y_exact`,
            RONGHE_MARK_TEXT(`t10`.`mark`, `t10`.`digits`) AS `mark_text`
          FROM (
            SELECT
              `t9`.`u`,
              `t9`.`g`,
              `t9`.`seq`,
              `t9`.`dim`,
              `t9`.`is_veto`,
              `t9`.`actual`,
              `t9`.`target`,
              `t9`.`base`,
              `t9`.`exempt`,
              `t9`.`target_note`,
              `t9`.`looks_at`,
              `t9`.`policy`,
              `t9`.`present`,
              `t9`.`p`,
              `t9`.`r`,
              `t9`.`segment`,
              `t9`.`free`,
              `t9`.`low`,
              `t9`.`high`,
              `t9`.`mark`,
              `t9`.`state`,
              `t9`.`strikes`,
              `t9`.`full_units`,
              `t9`.`full_scaled`,
              `t9`.`grid`,
              `t9`.`counts`,
              `t9`.`effect`,
              `t9`.`limit_units`,
              `t9`.`digits`,
              `t9`.`indicator`,
              `t9`.`dimension`,
              `t9`.`text1`,
              `t9`.`text2`,
              `t9`.`text3`,
              `t9`.`text4`,
              `t9`.`again`,
              `t9`.`result`,
              `t9`.`low_text`,
              `t9`.`high_text`,
              `t9`.`x_a`,
              `t9`.`x_b`,
              `t9`.`x_c`,
              `t9`.`y_a`,
              `t9`.`y_b`,
              `t9`.`y_c`,
              `t9`.`has_x`,
              `t9`.`has_y`,
              `t9`.`y_whole`,
              `t9`.`shows_mark`,
              `t9`.`has_ratio`,
              `t9`.`x_n`,
              `t9`.`x_d`,
              `t9`.`y_n`,
              `t9`.`y_d`,
              `t9`.`ratio`,
              `t9`.`x_units`,
              `t9`.`y_units`,
              NOT (
                `t9`.`has_x`
              )
              OR (
                (
                  `t9`.`x_units` * `t9`.`x_d`
                ) = `t9`.`x_n`
              ) AS `x_exact`,
              NOT (
                `t9`.`has_y`
              )
              OR `t9`.`y_whole`
              OR (
                (
                  `t9`.`y_units` * `t9`.`y_d`
                ) = (
                  `t9`.`y_n` * CAST('1000000' AS DECIMAL(38, 0))
                )
              ) AS `y_exact`
            FROM (
              SELECT
                `t8`.`u`,
                `t8`.`g`,
                `t8`.`seq`,
                `t8`.`dim`,
                `t8`.`is_veto`,
                `t8`.`actual`,
                `t8`.`target`,
                `t8`.`base`,
                `t8`.`exempt`,
                `t8`.`target_note`,
                `t8`.`looks_at`,
                `t8`.`policy`,
                `t8`.`present`,
                `t8`.`p`,
                `t8`.`r`,
                `t8`.`segment`,
                `t8`.`free`,
                `t8`.`low`,
                `t8`.`high`,
                `t8`.`mark`,
                `t8`.`state`,
                `t8`.`strikes`,
                `t8`.`full_units`,
                `t8`.`full_scaled`,
                `t8`.`grid`,
                `t8`.`counts`,
                `t8`.`effect`,
                `t8`.`limit_units`,
                `t8`.`digits`,
                `t8`.`indicator`,
                `t8`.`dimension`,
                `t8`.`text1`,
                `t8`.`text2`,
                `t8`.`text3`,
                `t8`.`text4`,
                `t8`.`again`,
                `t8`.`result`,
                `t8`.`low_text`,
                `t8`.`high_text`,
                `t8`.`x_a`,
                `t8`.`x_b`,
                `t8`.`x_c`,
                `t8`.`y_a`,
                `t8`.`y_b`,
                `t8`.`y_c`,
                `t8`.`has_x`,
                `t8`.`has_y`,
                `t8`.`y_whole`,
                `t8`.`shows_mark`,
                `t8`.`has_ratio`,
                `t8`.`x_n`,
                `t8`.`x_d`,
                `t8`.`y_n`,
                `t8`.`y_d`,
                IF(
                  `t8`.`has_ratio`,
                  RONGHE_QUOTIENT(
                    (
                      ABS(`t8`.`p` * CAST('1000000' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                    ) + `t8`.`r`,
                    `t8`.`r` * CAST('2' AS DECIMAL(38, 0))
                  ) * IF(
                    (
                      `t8`.`p` * CAST('1000000' AS DECIMAL(38, 0))
                    ) < 0,
                    CAST('-1' AS DECIMAL(38, 0)),
                    CAST('1' AS DECIMAL(38, 0))
                  ),
                  CAST(NULL AS DECIMAL(38, 0))
                ) AS `ratio`,
                IF(
                  `t8`.`has_x`,
                  RONGHE_QUOTIENT(
                    (
                      ABS(`t8`.`x_n`) * CAST('2' AS DECIMAL(38, 0))
                    ) + `t8`.`x_d`,
                    `t8`.`x_d` * CAST('2' AS DECIMAL(38, 0))
                  ) * IF(`t8`.`x_n` < 0, CAST('-1' AS DECIMAL(38, 0)), CAST('1' AS DECIMAL(38, 0))),
                  CAST('0' AS DECIMAL(38, 0))
                ) AS `x_units`,
                CASE
                  WHEN NOT (
                    `t8`.`has_y`
                  )
                  THEN CAST('0' AS DECIMAL(38, 0))
                  WHEN `t8`.`y_whole`
                  THEN RONGHE_QUOTIENT(`t8`.`y_n`, `t8`.`y_d`) * CAST('1000000' AS DECIMAL(38, 0))
                  ELSE RONGHE_QUOTIENT(
                    (
                      ABS(`t8`.`y_n` * CAST('1000000' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                    ) + `t8`.`y_d`,
                    `t8`.`y_d` * CAST('2' AS DECIMAL(38, 0))
                  ) * IF(
                    (
                      `t8`.`y_n` * CAST('1000000' AS DECIMAL(38, 0))
                    ) < 0,
                    CAST('-1' AS DECIMAL(38, 0)),
                    CAST('1' AS DECIMAL(38, 0))
                  )
                END AS `y_units`
              FROM (
                SELECT
                  `t7`.`u`,
                  `t7`.`g`,
                  `t7`.`seq`,
                  `t7`.`dim`,
                  `t7`.`is_veto`,
                  `t7`.`actual`,
                  `t7`.`target`,
                  `t7`.`base`,
                  `t7`.`exempt`,
                  `t7`.`target_note`,
                  `t7`.`looks_at`,
                  `t7`.`policy`,
                  `t7`.`present`,
                  `t7`.`p`,
                  `t7`.`r`,
                  `t7`.`segment`,
                  `t7`.`free`,
                  `t7`.`low`,
                  `t7`.`high`,
                  `t7`.`mark`,
                  `t7`.`state`,
                  `t7`.`strikes`,
                  `t7`.`full_units`,
                  `t7`.`full_scaled`,
                  `t7`.`grid`,
                  `t7`.`counts`,
                  `t7`.`effect`,
                  `t7`.`limit_units`,
                  `t7`.`digits`,
                  `t7`.`indicator`,
                  `t7`.`dimension`,
                  `t7`.`text1`,
                  `t7`.`text2`,
                  `t7`.`text3`,
                  `t7`.`text4`,
                  `t7`.`again`,
                  `t7`.`result`,
                  `t7`.`low_text`,
                  `t7`.`high_text`,
                  `t7`.`x_a`,
                  `t7`.`x_b`,
                  `t7`.`x_c`,
                  `t7`.`y_a`,
                  `t7`.`y_b`,
                  `t7`.`y_c`,
                  `t7`.`has_x`,
                  `t7`.`has_y`,
                  `t7`.`y_whole`,
                  `t7`.`shows_mark`,
                  `t7`.`present` AND NOT (
                    `t7`.`looks_at` IN ('count', 'mark')
                  ) AS `has_ratio`,
                  ABS((
                    `t7`.`x_a` * `t7`.`p`
                  ) + (
                    `t7`.`x_b` * `t7`.`r`
                  )) * CAST('1000000' AS DECIMAL(38, 0)) AS `x_n`,
                  `t7`.`x_c` * `t7`.`r` AS `x_d`,
                  ABS((
                    `t7`.`y_a` * `t7`.`p`
                  ) + (
                    `t7`.`y_b` * `t7`.`r`
                  )) AS `y_n`,
                  `t7`.`y_c` * `t7`.`r` AS `y_d`
                FROM (
                  SELECT
                    `t3`.`u`,
                    `t3`.`g`,
                    `t3`.`seq`,
                    `t3`.`dim`,
                    `t3`.`is_veto`,
                    `t3`.`actual`,
                    `t3`.`target`,
                    `t3`.`base`,
                    `t3`.`exempt`,
                    `t3`.`target_note`,
                    `t3`.`looks_at`,
                    `t3`.`policy`,
                    `t3`.`present`,
                    `t3`.`p`,
                    `t3`.`r`,
                    `t3`.`segment`,
                    `t3`.`free`,
                    `t3`.`low`,
                    `t3`.`high`,
                    `t3`.`mark`,
                    `t3`.`state`,
                    `t3`.`strikes`,
                    `t3`.`full_units`,
                    `t3`.`full_scaled`,
                    `t3`.`grid`,
                    `t3`.`counts`,
                    `t3`.`effect`,
                    `t3`.`limit_units`,
                    `t3`.`digits`,
                    `t4`.`indicator`,
                    `t4`.`dimension`,
                    `t4`.`text1`,
                    `t4`.`text2`,
                    `t4`.`text3`,
                    `t4`.`text4`,
                    `t4`.`again`,
                    `t4`.`result`,
                    `t4`.`low_text`,
                    `t4`.`high_text`,
                    `t4`.`x_a`,
                    `t4`.`x_b`,
                    `t4`.`x_c`,
                    `t4`.`y_a`,
                    `t4`.`y_b`,
                    `t4`.`y_c`,
                    `t4`.`has_x`,
                    `t4`.`has_y`,
                    `t4`.`y_whole`,
                    `t4`.`shows_mark`
                  FROM `marked` AS `t3`
                  INNER JOIN `sentences` AS `t4`
                    ON `t3`.`seq` = `t4`.`seq`
                    AND `t3`.`present` = `t4`.`present`
                    AND `t3`.`segment` = `t4`.`segment`
                ) AS `t7`
              ) AS `t8`
            ) AS `t9`
          ) AS `t10`
        ) AS `t11`
      ) AS `t12`
    ) AS `t14`
    INNER JOIN (
      SELECT
        `t0`.`u`,
        `t0`.`period`,
        `t0`.`track`,
        `t0`.`unit`
      FROM `units` AS `t0`
    ) AS `t6`
      ON `t14`.`u` = `t6`.`u`
  ) AS `t15`
  ORDER BY
    `t15`.`u` ASC NULLS LAST,
    `t15`.`seq` ASC NULLS LAST
) AS `t16`

-- step dimension_reasons
SELECT
  `t17`.`subtotal`,
  `t17`.`reason`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t15`.`u`,
      `t15`.`dim` AS `seq`,
      `t15`.`subtotal`,
      IF(
        COALESCE(`t15`.`reason`, '') = '',
        '',
        REPLACE(COALESCE(`t15`.`reason`, ''), ';', CONCAT(CONCAT(';', `t15`.`name`), ':'))
      ) AS `reason`
    FROM (
      SELECT
        `t6`.`u`,
        `t10`.`dim`,
        `t10`.`name`,
        `t14`.`subtotal`,
        `t14`.`reason`
      FROM (
        SELECT
          `t0`.`u`
        FROM `totalled` AS `t0`
      ) AS `t6`
      CROSS JOIN (
        SELECT
          `t8`.`dim`,
          `t8`.`name`
        FROM (
          SELECT
            *
          FROM `dimensions` AS `t1`
          WHERE
            `t1`.`dim` >= 0
        ) AS `t8`
      ) AS `t10`
      LEFT OUTER JOIN (
        SELECT
          `t12`.`u`,
          `t12`.`dim`,
          `t12`.`subtotal`,
          `t12`.`reason`
        FROM (
          SELECT
            `t11`.`u`,
            `t11`.`g`,
            `t11`.`dim`,
            `t11`.`scored`,
            `t11`.`exempted`,
            `t11`.`mark_sum`,
            `t11`.`full_all`,
            `t11`.`full_left`,
            `t11`.`missing`,
            `t11`.`unplaced`,
            `t11`.`vetoed`,
            `t11`.`zeroing`,
            `t11`.`zeroing_total`,
            `t11`.`veto_limit`,
            `t11`.`cap`,
            `t11`.`scales`,
            `t11`.`left_out`,
            `t11`.`scaled`,
            `t11`.`capped`,
            `t11`.`subtotal`,
            `t11`.`digits`,
            `t11`.`full_digits`,
            `t11`.`full_unit`,
            CONCAT(
              CONCAT(
                CONCAT(
                  IF(
                    COALESCE(`t11`.`left_out` AND (
                      `t11`.`scored` > 0
                    ), FALSE),
                    CONCAT(';', COALESCE('有分值的指标全部免考,不计入总分', '')),
                    ''
                  ),
                  IF(
                    COALESCE(NOT (
                      `t11`.`left_out`
                    ) AND `t11`.`scales`, FALSE),
                    CONCAT(
                      ';',
                      COALESCE(
                        CONCAT(
                          CONCAT(
                            CONCAT(
                              CONCAT(
                                CONCAT(
                                  CONCAT(
                                    CONCAT('有指标免考,', COALESCE(RONGHE_MARK_TEXT(`t11`.`mark_sum`, `t11`.`digits`), '')),
                                    ' × '
                                  ),
                                  COALESCE(
                                    IF(
                                      `t11`.`full_digits` > 0,
                                      REGEXP_REPLACE(
                                        CONCAT(
                                          CONCAT(CAST(RONGHE_QUOTIENT(`t11`.`full_all`, `t11`.`full_unit`) AS STRING), '.'),
                                          LPAD(
                                            CAST(`t11`.`full_all` - (
                                              RONGHE_QUOTIENT(`t11`.`full_all`, `t11`.`full_unit`) * `t11`.`full_unit`
                                            ) AS STRING),
                                            GREATEST(
                                              LENGTH(
                                                CAST(`t11`.`full_all` - (
                                                  RONGHE_QUOTIENT(`t11`.`full_all`, `t11`.`full_unit`) * `t11`.`full_unit`
                                                ) AS STRING)
                                              ),
                                              `t11`.`full_digits`
                                            ),
                                            '0'
                                          )
                                        ),
                                        '\\.?0+$',
                                        ''
                                      ),
                                      CAST(`t11`.`full_all` AS STRING)
                                    ),
                                    ''
                                  )
                                ),
                                ' ÷ '
                              ),
                              COALESCE(
                                IF(
                                  `t11`.`full_digits` > 0,
                                  REGEXP_REPLACE(
                                    CONCAT(
                                      CONCAT(CAST(RONGHE_QUOTIENT(`t11`.`full_left`, `t11`.`full_unit`) AS STRING), '.'),
                                      LPAD(
                                        CAST(`t11`.`full_left` - (
                                          RONGHE_QUOTIENT(`t11`.`full_left`, `t11`.`full_unit`) * `t11`.`full_unit`
                                        ) AS STRING),
                                        GREATEST(
                                          LENGTH(
                                            CAST(`t11`.`full_left` - (
                                              RONGHE_QUOTIENT(`t11`.`full_left`, `t11`.`full_unit`) * `t11`.`full_unit`
                                            ) AS STRING)
                                          ),
                                          `t11`.`full_digits`
                                        ),
                                        '0'
                                      )
                                    ),
                                    '\\.?0+$',
                                    ''
                                  ),
                                  CAST(`t11`.`full_left` AS STRING)
                                ),
                                ''
                              )
                            ),
                            ' = '
                          ),
                          COALESCE(RONGHE_MARK_TEXT(`t11`.`scaled`, `t11`.`digits`), '')
                        ),
                        ''
                      )
                    ),
                    ''
                  )
                ),
                IF(
                  COALESCE(
                    NOT (
                      `t11`.`left_out`
                    )
                    AND (
                      `t11`.`cap` IS NOT NULL
                    )
                    AND (
                      `t11`.`scaled` > `t11`.`capped`
                    ),
                    FALSE
                  ),
                  CONCAT(
                    ';',
                    COALESCE(
                      CONCAT(
                        CONCAT(
                          CONCAT('合计 ', COALESCE(RONGHE_MARK_TEXT(`t11`.`scaled`, `t11`.`digits`), '')),
                          ',封顶 '
                        ),
                        COALESCE(RONGHE_MARK_TEXT(`t11`.`cap`, `t11`.`digits`), '')
                      ),
                      ''
                    )
                  ),
                  ''
                )
              ),
              IF(
                COALESCE(NOT (
                  `t11`.`left_out`
                ) AND (
                  `t11`.`zeroing` > 0
                ), FALSE),
                CONCAT(';', COALESCE('一票否决,计 0 分', '')),
                ''
              )
            ) AS `reason`
          FROM (
            SELECT
              `t3`.`u`,
              `t3`.`g`,
              `t3`.`dim`,
              `t3`.`scored`,
              `t3`.`exempted`,
              `t3`.`mark_sum`,
              `t3`.`full_all`,
              `t3`.`full_left`,
              `t3`.`missing`,
              `t3`.`unplaced`,
              `t3`.`vetoed`,
              `t3`.`zeroing`,
              `t3`.`zeroing_total`,
              `t3`.`veto_limit`,
              `t3`.`cap`,
              `t3`.`scales`,
              `t3`.`left_out`,
              `t3`.`scaled`,
              `t3`.`capped`,
              `t3`.`subtotal`,
              `t7`.`digits`,
              `t7`.`full_digits`,
              `t7`.`full_unit`
            FROM `summed` AS `t3`
            INNER JOIN (
              SELECT
                `t0`.`u`,
                `t0`.`digits`,
                `t0`.`full_digits`,
                `t0`.`full_unit`
              FROM `totalled` AS `t0`
            ) AS `t7`
              ON `t3`.`u` = `t7`.`u`
          ) AS `t11`
        ) AS `t12`
      ) AS `t14`
        ON `t6`.`u` = `t14`.`u` AND `t10`.`dim` = `t14`.`dim`
    ) AS `t15`
  ) AS `t16`
  ORDER BY
    `t16`.`u` ASC NULLS LAST,
    `t16`.`seq` ASC NULLS LAST
) AS `t17`

-- step veto_reasons
SELECT
  `t11`.`reason`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t9`.`u`,
      `t9`.`seq`,
      CASE
        WHEN (
          `t9`.`state` IS NULL
        ) OR (
          `t9`.`state` = 'exempt'
        )
        THEN ''
        WHEN `t9`.`strikes`
        THEN CONCAT(CONCAT(';否决项 ', `t9`.`name`), ' 已触发')
        WHEN `t9`.`actual` IS NULL
        THEN CONCAT(CONCAT(';否决项 ', `t9`.`name`), ' 未报,按未发生计')
        ELSE ''
      END AS `reason`
    FROM (
      SELECT
        `t6`.`u`,
        `t3`.`seq`,
        `t3`.`name`,
        `t8`.`strikes`,
        `t8`.`state`,
        `t8`.`actual`
      FROM (
        SELECT
          `t0`.`u`
        FROM `totalled` AS `t0`
      ) AS `t6`
      CROSS JOIN `vetoes` AS `t3`
      LEFT OUTER JOIN (
        SELECT
          `t5`.`u`,
          `t5`.`strikes`,
          `t5`.`state`,
          `t5`.`actual`,
          `t5`.`seq` AS `item`
        FROM (
          SELECT
            *
          FROM `marked` AS `t2`
          WHERE
            `t2`.`is_veto`
        ) AS `t5`
      ) AS `t8`
        ON `t6`.`u` = `t8`.`u` AND `t3`.`item` = `t8`.`item`
    ) AS `t9`
  ) AS `t10`
  ORDER BY
    `t10`.`u` ASC NULLS LAST,
    `t10`.`seq` ASC NULLS LAST
) AS `t11`

-- step totals
SELECT
  `t2`.`period`,
  `t2`.`track`,
  `t2`.`unit`,
  `t2`.`total`,
  `t2`.`final`,
  `t2`.`missing`,
  `t2`.`vetoed`,
  `t2`.`reason`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t0`.`period`,
      `t0`.`track`,
      `t0`.`unit`,
      `t0`.`u`,
      `t0`.`total`,
      `t0`.`final`,
      `t0`.`missing`,
      `t0`.`vetoed`,
      CONCAT(
        CONCAT(
          CONCAT(
            CONCAT(
              CONCAT(
                IF(COALESCE(`t0`.`kept` = 0, FALSE), CONCAT(';', COALESCE('没有可计分的维度,没有总分', '')), ''),
                IF(
                  COALESCE((
                    `t0`.`kept` > 0
                  ) AND `t0`.`total_scales`, FALSE),
                  CONCAT(
                    ';',
                    COALESCE(
                      CONCAT(
                        CONCAT(
                          CONCAT(
                            CONCAT(
                              CONCAT(
                                CONCAT(
                                  CONCAT(
                                    '有维度不计入,各维度合计 ',
                                    COALESCE(RONGHE_MARK_TEXT(`t0`.`dimension_sum`, `t0`.`digits`), '')
                                  ),
                                  ' × '
                                ),
                                COALESCE(
                                  IF(
                                    `t0`.`full_digits` > 0,
                                    REGEXP_REPLACE(
                                      CONCAT(
                                        CONCAT(CAST(RONGHE_QUOTIENT(`t0`.`total_full_all`, `t0`.`full_unit`) AS STRING), '.'),
                                        LPAD(
                                          CAST(`t0`.`total_full_all` - (
                                            RONGHE_QUOTIENT(`t0`.`total_full_all`, `t0`.`full_unit`) * `t0`.`full_unit`
                                          ) AS STRING),
                                          GREATEST(
                                            LENGTH(
                                              CAST(`t0`.`total_full_all` - (
                                                RONGHE_QUOTIENT(`t0`.`total_full_all`, `t0`.`full_unit`) * `t0`.`full_unit`
                                              ) AS STRING)
                                            ),
                                            `t0`.`full_digits`
                                          ),
                                          '0'
                                        )
                                      ),
                                      '\\.?0+$',
                                      ''
                                    ),
                                    CAST(`t0`.`total_full_all` AS STRING)
                                  ),
                                  ''
                                )
                              ),
                              ' ÷ '
                            ),
                            COALESCE(
                              IF(
                                `t0`.`full_digits` > 0,
                                REGEXP_REPLACE(
                                  CONCAT(
                                    CONCAT(CAST(RONGHE_QUOTIENT(`t0`.`total_full_kept`, `t0`.`full_unit`) AS STRING), '.'),
                                    LPAD(
                                      CAST(`t0`.`total_full_kept` - (
                                        RONGHE_QUOTIENT(`t0`.`total_full_kept`, `t0`.`full_unit`) * `t0`.`full_unit`
                                      ) AS STRING),
                                      GREATEST(
                                        LENGTH(
                                          CAST(`t0`.`total_full_kept` - (
                                            RONGHE_QUOTIENT(`t0`.`total_full_kept`, `t0`.`full_unit`) * `t0`.`full_unit`
                                          ) AS STRING)
                                        ),
                                        `t0`.`full_digits`
                                      ),
                                      '0'
                                    )
                                  ),
                                  '\\.?0+$',
                                  ''
                                ),
                                CAST(`t0`.`total_full_kept` AS STRING)
                              ),
                              ''
                            )
                          ),
                          ' = '
                        ),
                        COALESCE(RONGHE_MARK_TEXT(`t0`.`total_scaled`, `t0`.`digits`), '')
                      ),
                      ''
                    )
                  ),
                  ''
                )
              ),
              IF(
                COALESCE(
                  (
                    `t0`.`kept` > 0
                  )
                  AND (
                    `t0`.`cap_units` IS NOT NULL
                  )
                  AND (
                    `t0`.`total_scaled` > `t0`.`cap_units`
                  ),
                  FALSE
                ),
                CONCAT(
                  ';',
                  COALESCE(
                    CONCAT(
                      CONCAT(
                        CONCAT('总分 ', COALESCE(RONGHE_MARK_TEXT(`t0`.`total_scaled`, `t0`.`digits`), '')),
                        ',封顶 '
                      ),
                      COALESCE(RONGHE_MARK_TEXT(`t0`.`cap_units`, `t0`.`digits`), '')
                    ),
                    ''
                  )
                ),
                ''
              )
            ),
            IF(
              COALESCE(
                (
                  `t0`.`kept` > 0
                )
                AND (
                  `t0`.`floor_units` IS NOT NULL
                )
                AND (
                  `t0`.`total_scaled` < `t0`.`floor_units`
                ),
                FALSE
              ),
              CONCAT(
                ';',
                COALESCE(
                  CONCAT(
                    CONCAT(
                      CONCAT('总分 ', COALESCE(RONGHE_MARK_TEXT(`t0`.`total_scaled`, `t0`.`digits`), '')),
                      ',保底 '
                    ),
                    COALESCE(RONGHE_MARK_TEXT(`t0`.`floor_units`, `t0`.`digits`), '')
                  ),
                  ''
                )
              ),
              ''
            )
          ),
          IF(
            COALESCE((
              `t0`.`kept` > 0
            ) AND (
              `t0`.`total_limit` IS NOT NULL
            ), FALSE),
            CONCAT(
              ';',
              COALESCE(
                CONCAT(
                  CONCAT(
                    CONCAT('一票否决,总分 ', COALESCE(RONGHE_MARK_TEXT(`t0`.`total_bounded`, `t0`.`digits`), '')),
                    ',不超过 '
                  ),
                  COALESCE(RONGHE_MARK_TEXT(`t0`.`total_limit`, `t0`.`digits`), '')
                ),
                ''
              )
            ),
            ''
          )
        ),
        IF(
          COALESCE((
            `t0`.`kept` > 0
          ) AND (
            `t0`.`zeroing_total` > 0
          ), FALSE),
          CONCAT(
            ';',
            COALESCE(
              CONCAT(
                CONCAT('一票否决,总分 ', COALESCE(RONGHE_MARK_TEXT(`t0`.`total_limited`, `t0`.`digits`), '')),
                ' 改计 0 分'
              ),
              ''
            )
          ),
          ''
        )
      ) AS `reason`
    FROM `totalled` AS `t0`
  ) AS `t1`
  ORDER BY
    `t1`.`u` ASC NULLS LAST
) AS `t2`

-- step places
SELECT
  `t2`.`period`,
  `t2`.`track`,
  `t2`.`unit`,
  `t2`.`total`,
  `t2`.`place`,
  `t2`.`peers`,
  `t2`.`tied`,
  `t2`.`to_next`,
  `t2`.`because`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t0`.`period`,
      `t0`.`track`,
      `t0`.`unit`,
      `t0`.`u`,
      `t0`.`total`,
      `t0`.`place`,
      `t0`.`peers`,
      `t0`.`tied`,
      `t0`.`better` - `t0`.`total` AS `to_next`,
      CASE
        WHEN `t0`.`kept` = 0
        THEN '全部指标免考,没有总分,不排名'
        WHEN NOT (
          `t0`.`final`
        )
        THEN CONCAT(CONCAT('缺 ', CAST(`t0`.`unplaced` AS STRING)), ' 项指标,总分为暂定,不排名')
        WHEN NOT (
          `t0`.`enough`
        )
        THEN CONCAT(
          CONCAT(
            CONCAT(CONCAT('本赛道有最终总分的单位 ', CAST(`t0`.`peers` AS STRING)), ' 个,少于 '),
            CAST(`t0`.`min_peers` AS STRING)
          ),
          ' 个,不排名'
        )
        ELSE ''
      END AS `because`
    FROM `ranked` AS `t0`
  ) AS `t1`
  ORDER BY
    `t1`.`u` ASC NULLS LAST
) AS `t2`

-- step gaps
WITH `t10` AS (
  SELECT
    *
  FROM `marked` AS `t3`
  WHERE
    NOT (
      `t3`.`is_veto`
    )
)
SELECT
  `t22`.`period`,
  `t22`.`track`,
  `t22`.`unit`,
  `t22`.`indicator`,
  `t22`.`mark`,
  `t22`.`lost`,
  `t22`.`to_target`,
  `t22`.`leader`,
  `t22`.`to_leader`,
  `t22`.`to_mean`,
  `t22`.`needed_actual`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t8`.`period`,
      `t8`.`track`,
      `t8`.`unit`,
      `t4`.`indicator`,
      `t20`.`mark`,
      IF(
        (
          `t20`.`full_units` - `t20`.`mark`
        ) < CAST('0' AS DECIMAL(38, 0)),
        CAST('0' AS DECIMAL(38, 0)),
        `t20`.`full_units` - `t20`.`mark`
      ) AS `lost`,
      `t20`.`target` - `t20`.`actual` AS `to_target`,
      `t20`.`leader`,
      `t20`.`best` - `t20`.`mark` AS `to_leader`,
      RONGHE_QUOTIENT(
        (
          ABS(`t20`.`mark_total` - (
            `t20`.`mark` * CAST(`t20`.`marked` AS DECIMAL(38, 0))
          )) * CAST('2' AS DECIMAL(38, 0))
        ) + CAST(`t20`.`marked` AS DECIMAL(38, 0)),
        CAST(`t20`.`marked` AS DECIMAL(38, 0)) * CAST('2' AS DECIMAL(38, 0))
      ) * IF(
        (
          `t20`.`mark_total` - (
            `t20`.`mark` * CAST(`t20`.`marked` AS DECIMAL(38, 0))
          )
        ) < 0,
        CAST('-1' AS DECIMAL(38, 0)),
        CAST('1' AS DECIMAL(38, 0))
      ) AS `to_mean`,
      `t20`.`needed` AS `needed_actual`,
      `t20`.`u`,
      `t20`.`seq`
    FROM (
      SELECT
        `t18`.`u`,
        `t18`.`seq`,
        `t18`.`mark`,
        `t18`.`full_units`,
        `t18`.`actual`,
        `t18`.`target`,
        `t18`.`best`,
        `t18`.`mark_total`,
        `t18`.`marked`,
        `t18`.`leading`,
        `t18`.`needed`,
        `t18`.`leader`
      FROM (
        SELECT
          `t13`.`u`,
          `t13`.`seq`,
          `t13`.`mark`,
          `t13`.`full_units`,
          `t13`.`actual`,
          `t13`.`target`,
          `t17`.`best`,
          `t17`.`mark_total`,
          `t17`.`marked`,
          `t17`.`leading`,
          `t5`.`needed`,
          `t9`.`leading` AS `leading_right`,
          `t9`.`leader`
        FROM (
          SELECT
            `t11`.`u`,
            `t11`.`seq`,
            `t11`.`g`,
            `t11`.`mark`,
            `t11`.`full_units`,
            `t11`.`actual`,
            `t11`.`target`
          FROM `t10` AS `t11`
        ) AS `t13`
        INNER JOIN (
          SELECT
            `t15`.`g`,
            `t15`.`seq`,
            `t15`.`best`,
            `t15`.`mark_total`,
            `t15`.`marked`,
            CAST((
              `t15`.`best` * CAST('2147483648' AS DECIMAL(38, 0))
            ) - `t15`.`first` AS BIGINT) AS `leading`
          FROM (
            SELECT
              `t14`.`g`,
              `t14`.`seq`,
              `t14`.`first`,
              `t14`.`mark_total`,
              `t14`.`marked`,
              -(
                RONGHE_QUOTIENT(
                  ABS(-(
                    `t14`.`first`
                  )) + IF(
                    -(
                      `t14`.`first`
                    ) < 0,
                    CAST('2147483648' AS DECIMAL(38, 0)) - CAST('1' AS DECIMAL(38, 0)),
                    CAST('0' AS DECIMAL(38, 0))
                  ),
                  CAST('2147483648' AS DECIMAL(38, 0))
                ) * IF(-(
                  `t14`.`first`
                ) < 0, CAST('-1' AS DECIMAL(38, 0)), CAST('1' AS DECIMAL(38, 0)))
              ) AS `best`
            FROM (
              SELECT
                `t11`.`g`,
                `t11`.`seq`,
                MAX(
                  (
                    `t11`.`mark` * CAST('2147483648' AS DECIMAL(38, 0))
                  ) - CAST(`t11`.`u` AS DECIMAL(38, 0))
                ) AS `first`,
                CAST(SUM(`t11`.`mark`) AS DECIMAL(38, 0)) AS `mark_total`,
                COUNT(`t11`.`mark`) AS `marked`
              FROM `t10` AS `t11`
              GROUP BY
                1,
                2
            ) AS `t14`
          ) AS `t15`
        ) AS `t17`
          ON `t13`.`g` = `t17`.`g` AND `t13`.`seq` = `t17`.`seq`
        LEFT OUTER JOIN `needed` AS `t5`
          ON `t13`.`u` = `t5`.`u` AND `t13`.`seq` = `t5`.`seq`
        LEFT OUTER JOIN (
          SELECT
            `t1`.`u` AS `leading`,
            `t1`.`unit` AS `leader`
          FROM `units` AS `t1`
        ) AS `t9`
          ON `t17`.`leading` = `t9`.`leading`
      ) AS `t18`
    ) AS `t20`
    INNER JOIN (
      SELECT
        `t1`.`u`,
        `t1`.`period`,
        `t1`.`track`,
        `t1`.`unit`
      FROM `units` AS `t1`
    ) AS `t8`
      ON `t20`.`u` = `t8`.`u`
    INNER JOIN `codes` AS `t4`
      ON `t20`.`seq` = `t4`.`seq`
  ) AS `t21`
  ORDER BY
    `t21`.`u` ASC NULLS LAST,
    `t21`.`seq` ASC NULLS LAST
) AS `t22`

-- step ranked_0
WITH `t6` AS (
  SELECT
    `t4`.`u`,
    `t4`.`g`,
    `t4`.`total`,
    (
      RANK() OVER (PARTITION BY `t4`.`g` ORDER BY `t4`.`total` DESC) - 1
    ) + 1 AS `place`
  FROM (
    SELECT
      `t2`.`u`,
      `t2`.`g`,
      `t2`.`total`
    FROM (
      SELECT
        *
      FROM `totalled` AS `t0`
      WHERE
        `t0`.`final`
    ) AS `t2`
  ) AS `t4`
)
SELECT
  `t14`.`period`,
  `t14`.`track`,
  `t14`.`unit`,
  `t14`.`u`,
  `t14`.`total`,
  `t14`.`final`,
  `t14`.`kept`,
  `t14`.`unplaced`,
  `t14`.`min_peers`,
  `t14`.`peers`,
  IF(`t14`.`peers` >= `t14`.`min_peers`, `t14`.`place`, CAST(NULL AS BIGINT)) AS `place`,
  IF(`t14`.`peers` >= `t14`.`min_peers`, `t14`.`tied`, CAST(NULL AS BIGINT)) AS `tied`,
  IF(`t14`.`peers` >= `t14`.`min_peers`, `t14`.`better`, CAST(NULL AS DECIMAL(38, 0))) AS `better`,
  `t14`.`peers` >= `t14`.`min_peers` AS `enough`
FROM (
  SELECT
    `t1`.`period`,
    `t1`.`track`,
    `t1`.`unit`,
    `t1`.`u`,
    `t1`.`total`,
    `t1`.`final`,
    `t1`.`kept`,
    `t1`.`unplaced`,
    `t1`.`min_peers`,
    `t5`.`peers`,
    `t13`.`place`,
    `t13`.`tied`,
    `t13`.`better`
  FROM `totalled` AS `t1`
  INNER JOIN (
    SELECT
      `t0`.`g`,
      SUM(CAST(`t0`.`final` AS BIGINT)) AS `peers`
    FROM `totalled` AS `t0`
    GROUP BY
      1
  ) AS `t5`
    ON `t1`.`g` = `t5`.`g`
  LEFT OUTER JOIN (
    SELECT
      `t8`.`u`,
      `t8`.`place`,
      `t11`.`tied`,
      `t11`.`better`
    FROM `t6` AS `t8`
    INNER JOIN (
      SELECT
        `t9`.`g`,
        `t9`.`place`,
        `t9`.`place_total`,
        `t9`.`tied`,
        LAG(`t9`.`place_total`) OVER (PARTITION BY `t9`.`g` ORDER BY `t9`.`place` ASC NULLS LAST) AS `better`
      FROM (
        SELECT
          `t7`.`g`,
          `t7`.`place`,
          MAX(`t7`.`total`) AS `place_total`,
          COUNT(*) AS `tied`
        FROM `t6` AS `t7`
        GROUP BY
          1,
          2
      ) AS `t9`
    ) AS `t11`
      ON `t8`.`g` = `t11`.`g` AND `t8`.`place` = `t11`.`place`
  ) AS `t13`
    ON `t1`.`u` = `t13`.`u`
) AS `t14`

-- step ranked_1
WITH `t15` AS (
  SELECT
    `t14`.`u`,
    `t14`.`g`,
    `t14`.`total`,
    `t14`.`tie_0`,
    (
      RANK() OVER (
        PARTITION BY `t14`.`g`
        ORDER BY `t14`.`total` DESC, `t14`.`tie_0` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_0`, CAST('0' AS DECIMAL(38, 0))) DESC
      ) - 1
    ) + 1 AS `place`
  FROM (
    SELECT
      `t10`.`u`,
      `t10`.`g`,
      `t10`.`total`,
      `t13`.`tie_0`
    FROM (
      SELECT
        `t6`.`u`,
        `t6`.`g`,
        `t6`.`total`
      FROM (
        SELECT
          *
        FROM `totalled` AS `t0`
        WHERE
          `t0`.`final`
      ) AS `t6`
    ) AS `t10`
    LEFT OUTER JOIN (
      SELECT
        `t11`.`u`,
        MAX(IF(`t11`.`tie` = 0, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_0`
      FROM (
        SELECT
          `t4`.`u`,
          `t4`.`g`,
          `t4`.`seq`,
          `t4`.`dim`,
          `t4`.`is_veto`,
          `t4`.`actual`,
          `t4`.`target`,
          `t4`.`base`,
          `t4`.`exempt`,
          `t4`.`target_note`,
          `t4`.`looks_at`,
          `t4`.`policy`,
          `t4`.`present`,
          `t4`.`p`,
          `t4`.`r`,
          `t4`.`segment`,
          `t4`.`free`,
          `t4`.`low`,
          `t4`.`high`,
          `t4`.`mark`,
          `t4`.`state`,
          `t4`.`strikes`,
          `t4`.`full_units`,
          `t4`.`full_scaled`,
          `t4`.`grid`,
          `t4`.`counts`,
          `t4`.`effect`,
          `t4`.`limit_units`,
          `t4`.`digits`,
          `t5`.`tie`
        FROM `marked` AS `t4`
        INNER JOIN `ties` AS `t5`
          ON `t4`.`seq` = `t5`.`seq`
      ) AS `t11`
      GROUP BY
        1
    ) AS `t13`
      ON `t10`.`u` = `t13`.`u`
  ) AS `t14`
)
SELECT
  `t23`.`period`,
  `t23`.`track`,
  `t23`.`unit`,
  `t23`.`u`,
  `t23`.`total`,
  `t23`.`final`,
  `t23`.`kept`,
  `t23`.`unplaced`,
  `t23`.`min_peers`,
  `t23`.`peers`,
  IF(`t23`.`peers` >= `t23`.`min_peers`, `t23`.`place`, CAST(NULL AS BIGINT)) AS `place`,
  IF(`t23`.`peers` >= `t23`.`min_peers`, `t23`.`tied`, CAST(NULL AS BIGINT)) AS `tied`,
  IF(`t23`.`peers` >= `t23`.`min_peers`, `t23`.`better`, CAST(NULL AS DECIMAL(38, 0))) AS `better`,
  `t23`.`peers` >= `t23`.`min_peers` AS `enough`
FROM (
  SELECT
    `t3`.`period`,
    `t3`.`track`,
    `t3`.`unit`,
    `t3`.`u`,
    `t3`.`total`,
    `t3`.`final`,
    `t3`.`kept`,
    `t3`.`unplaced`,
    `t3`.`min_peers`,
    `t9`.`peers`,
    `t22`.`place`,
    `t22`.`tied`,
    `t22`.`better`
  FROM `totalled` AS `t3`
  INNER JOIN (
    SELECT
      `t0`.`g`,
      SUM(CAST(`t0`.`final` AS BIGINT)) AS `peers`
    FROM `totalled` AS `t0`
    GROUP BY
      1
  ) AS `t9`
    ON `t3`.`g` = `t9`.`g`
  LEFT OUTER JOIN (
    SELECT
      `t17`.`u`,
      `t17`.`place`,
      `t20`.`tied`,
      `t20`.`better`
    FROM `t15` AS `t17`
    INNER JOIN (
      SELECT
        `t18`.`g`,
        `t18`.`place`,
        `t18`.`place_total`,
        `t18`.`tied`,
        LAG(`t18`.`place_total`) OVER (PARTITION BY `t18`.`g` ORDER BY `t18`.`place` ASC NULLS LAST) AS `better`
      FROM (
        SELECT
          `t16`.`g`,
          `t16`.`place`,
          MAX(`t16`.`total`) AS `place_total`,
          COUNT(*) AS `tied`
        FROM `t15` AS `t16`
        GROUP BY
          1,
          2
      ) AS `t18`
    ) AS `t20`
      ON `t17`.`g` = `t20`.`g` AND `t17`.`place` = `t20`.`place`
  ) AS `t22`
    ON `t3`.`u` = `t22`.`u`
) AS `t23`

-- step ranked_2
WITH `t15` AS (
  SELECT
    `t14`.`u`,
    `t14`.`g`,
    `t14`.`total`,
    `t14`.`tie_0`,
    `t14`.`tie_1`,
    (
      RANK() OVER (
        PARTITION BY `t14`.`g`
        ORDER BY `t14`.`total` DESC, `t14`.`tie_0` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_0`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_1` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_1`, CAST('0' AS DECIMAL(38, 0))) DESC
      ) - 1
    ) + 1 AS `place`
  FROM (
    SELECT
      `t10`.`u`,
      `t10`.`g`,
      `t10`.`total`,
      `t13`.`tie_0`,
      `t13`.`tie_1`
    FROM (
      SELECT
        `t6`.`u`,
        `t6`.`g`,
        `t6`.`total`
      FROM (
        SELECT
          *
        FROM `totalled` AS `t0`
        WHERE
          `t0`.`final`
      ) AS `t6`
    ) AS `t10`
    LEFT OUTER JOIN (
      SELECT
        `t11`.`u`,
        MAX(IF(`t11`.`tie` = 0, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_0`,
        MAX(IF(`t11`.`tie` = 1, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_1`
      FROM (
        SELECT
          `t4`.`u`,
          `t4`.`g`,
          `t4`.`seq`,
          `t4`.`dim`,
          `t4`.`is_veto`,
          `t4`.`actual`,
          `t4`.`target`,
          `t4`.`base`,
          `t4`.`exempt`,
          `t4`.`target_note`,
          `t4`.`looks_at`,
          `t4`.`policy`,
          `t4`.`present`,
          `t4`.`p`,
          `t4`.`r`,
          `t4`.`segment`,
          `t4`.`free`,
          `t4`.`low`,
          `t4`.`high`,
          `t4`.`mark`,
          `t4`.`state`,
          `t4`.`strikes`,
          `t4`.`full_units`,
          `t4`.`full_scaled`,
          `t4`.`grid`,
          `t4`.`counts`,
          `t4`.`effect`,
          `t4`.`limit_units`,
          `t4`.`digits`,
          `t5`.`tie`
        FROM `marked` AS `t4`
        INNER JOIN `ties` AS `t5`
          ON `t4`.`seq` = `t5`.`seq`
      ) AS `t11`
      GROUP BY
        1
    ) AS `t13`
      ON `t10`.`u` = `t13`.`u`
  ) AS `t14`
)
SELECT
  `t23`.`period`,
  `t23`.`track`,
  `t23`.`unit`,
  `t23`.`u`,
  `t23`.`total`,
  `t23`.`final`,
  `t23`.`kept`,
  `t23`.`unplaced`,
  `t23`.`min_peers`,
  `t23`.`peers`,
  IF(`t23`.`peers` >= `t23`.`min_peers`, `t23`.`place`, CAST(NULL AS BIGINT)) AS `place`,
  IF(`t23`.`peers` >= `t23`.`min_peers`, `t23`.`tied`, CAST(NULL AS BIGINT)) AS `tied`,
  IF(`t23`.`peers` >= `t23`.`min_peers`, `t23`.`better`, CAST(NULL AS DECIMAL(38, 0))) AS `better`,
  `t23`.`peers` >= `t23`.`min_peers` AS `enough`
FROM (
  SELECT
    `t3`.`period`,
    `t3`.`track`,
    `t3`.`unit`,
    `t3`.`u`,
    `t3`.`total`,
    `t3`.`final`,
    `t3`.`kept`,
    `t3`.`unplaced`,
    `t3`.`min_peers`,
    `t9`.`peers`,
    `t22`.`place`,
    `t22`.`tied`,
    `t22`.`better`
  FROM `totalled` AS `t3`
  INNER JOIN (
    SELECT
      `t0`.`g`,
      SUM(CAST(`t0`.`final` AS BIGINT)) AS `peers`
    FROM `totalled` AS `t0`
    GROUP BY
      1
  ) AS `t9`
    ON `t3`.`g` = `t9`.`g`
  LEFT OUTER JOIN (
    SELECT
      `t17`.`u`,
      `t17`.`place`,
      `t20`.`tied`,
      `t20`.`better`
    FROM `t15` AS `t17`
    INNER JOIN (
      SELECT
        `t18`.`g`,
        `t18`.`place`,
        `t18`.`place_total`,
        `t18`.`tied`,
        LAG(`t18`.`place_total`) OVER (PARTITION BY `t18`.`g` ORDER BY `t18`.`place` ASC NULLS LAST) AS `better`
      FROM (
        SELECT
          `t16`.`g`,
          `t16`.`place`,
          MAX(`t16`.`total`) AS `place_total`,
          COUNT(*) AS `tied`
        FROM `t15` AS `t16`
        GROUP BY
          1,
          2
      ) AS `t18`
    ) AS `t20`
      ON `t17`.`g` = `t20`.`g` AND `t17`.`place` = `t20`.`place`
  ) AS `t22`
    ON `t3`.`u` = `t22`.`u`
) AS `t23`

-- step ranked_3
WITH `t15` AS (
  SELECT
    `t14`.`u`,
    `t14`.`g`,
    `t14`.`total`,
    `t14`.`tie_0`,
    `t14`.`tie_1`,
    `t14`.`tie_2`,
    (
      RANK() OVER (
        PARTITION BY `t14`.`g`
        ORDER BY `t14`.`total` DESC, `t14`.`tie_0` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_0`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_1` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_1`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_2` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_2`, CAST('0' AS DECIMAL(38, 0))) DESC
      ) - 1
    ) + 1 AS `place`
  FROM (
    SELECT
      `t10`.`u`,
      `t10`.`g`,
      `t10`.`total`,
      `t13`.`tie_0`,
      `t13`.`tie_1`,
      `t13`.`tie_2`
    FROM (
      SELECT
        `t6`.`u`,
        `t6`.`g`,
        `t6`.`total`
      FROM (
        SELECT
          *
        FROM `totalled` AS `t0`
        WHERE
          `t0`.`final`
      ) AS `t6`
    ) AS `t10`
    LEFT OUTER JOIN (
      SELECT
        `t11`.`u`,
        MAX(IF(`t11`.`tie` = 0, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_0`,
        MAX(IF(`t11`.`tie` = 1, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_1`,
        MAX(IF(`t11`.`tie` = 2, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_2`
      FROM (
        SELECT
          `t4`.`u`,
          `t4`.`g`,
          `t4`.`seq`,
          `t4`.`dim`,
          `t4`.`is_veto`,
          `t4`.`actual`,
          `t4`.`target`,
          `t4`.`base`,
          `t4`.`exempt`,
          `t4`.`target_note`,
          `t4`.`looks_at`,
          `t4`.`policy`,
          `t4`.`present`,
          `t4`.`p`,
          `t4`.`r`,
          `t4`.`segment`,
          `t4`.`free`,
          `t4`.`low`,
          `t4`.`high`,
          `t4`.`mark`,
          `t4`.`state`,
          `t4`.`strikes`,
          `t4`.`full_units`,
          `t4`.`full_scaled`,
          `t4`.`grid`,
          `t4`.`counts`,
          `t4`.`effect`,
          `t4`.`limit_units`,
          `t4`.`digits`,
          `t5`.`tie`
        FROM `marked` AS `t4`
        INNER JOIN `ties` AS `t5`
          ON `t4`.`seq` = `t5`.`seq`
      ) AS `t11`
      GROUP BY
        1
    ) AS `t13`
      ON `t10`.`u` = `t13`.`u`
  ) AS `t14`
)
SELECT
  `t23`.`period`,
  `t23`.`track`,
  `t23`.`unit`,
  `t23`.`u`,
  `t23`.`total`,
  `t23`.`final`,
  `t23`.`kept`,
  `t23`.`unplaced`,
  `t23`.`min_peers`,
  `t23`.`peers`,
  IF(`t23`.`peers` >= `t23`.`min_peers`, `t23`.`place`, CAST(NULL AS BIGINT)) AS `place`,
  IF(`t23`.`peers` >= `t23`.`min_peers`, `t23`.`tied`, CAST(NULL AS BIGINT)) AS `tied`,
  IF(`t23`.`peers` >= `t23`.`min_peers`, `t23`.`better`, CAST(NULL AS DECIMAL(38, 0))) AS `better`,
  `t23`.`peers` >= `t23`.`min_peers` AS `enough`
FROM (
  SELECT
    `t3`.`period`,
    `t3`.`track`,
    `t3`.`unit`,
    `t3`.`u`,
    `t3`.`total`,
    `t3`.`final`,
    `t3`.`kept`,
    `t3`.`unplaced`,
    `t3`.`min_peers`,
    `t9`.`peers`,
    `t22`.`place`,
    `t22`.`tied`,
    `t22`.`better`
  FROM `totalled` AS `t3`
  INNER JOIN (
    SELECT
      `t0`.`g`,
      SUM(CAST(`t0`.`final` AS BIGINT)) AS `peers`
    FROM `totalled` AS `t0`
    GROUP BY
      1
  ) AS `t9`
    ON `t3`.`g` = `t9`.`g`
  LEFT OUTER JOIN (
    SELECT
      `t17`.`u`,
      `t17`.`place`,
      `t20`.`tied`,
      `t20`.`better`
    FROM `t15` AS `t17`
    INNER JOIN (
      SELECT
        `t18`.`g`,
        `t18`.`place`,
        `t18`.`place_total`,
        `t18`.`tied`,
        LAG(`t18`.`place_total`) OVER (PARTITION BY `t18`.`g` ORDER BY `t18`.`place` ASC NULLS LAST) AS `better`
      FROM (
        SELECT
          `t16`.`g`,
          `t16`.`place`,
          MAX(`t16`.`total`) AS `place_total`,
          COUNT(*) AS `tied`
        FROM `t15` AS `t16`
        GROUP BY
          1,
          2
      ) AS `t18`
    ) AS `t20`
      ON `t17`.`g` = `t20`.`g` AND `t17`.`place` = `t20`.`place`
  ) AS `t22`
    ON `t3`.`u` = `t22`.`u`
) AS `t23`
