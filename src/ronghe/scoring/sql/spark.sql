-- Written by `python -m ronghe.scoring.compile` from the Ibis expressions. Do not edit.

-- step units
SELECT
  CAST(ROW_NUMBER() OVER (
    ORDER BY `t4`.`period` ASC NULLS LAST, `t4`.`track` ASC NULLS LAST, `t4`.`unit` ASC NULLS LAST
  ) - 1 AS INT) AS `u`,
  CAST(DENSE_RANK() OVER (ORDER BY `t4`.`period` ASC NULLS LAST, `t4`.`track` ASC NULLS LAST) - 1 AS INT) AS `g`,
  `t4`.`period`,
  `t4`.`track`,
  `t4`.`unit`,
  `t4`.`present_rows` < `t5`.`wanted_rows` AS `short`
FROM (
  SELECT
    `t0`.`period`,
    `t0`.`track`,
    `t0`.`unit`,
    COUNT(*) AS `present_rows`
  FROM `given` AS `t0`
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

-- step figures
SELECT
  `t6`.`u`,
  `t6`.`g`,
  `t4`.`seq`,
  `t3`.`actual`,
  `t3`.`target`,
  `t3`.`base`,
  `t3`.`exempt` IS NOT NULL AS `is_exempt`
FROM `given` AS `t3`
INNER JOIN (
  SELECT
    `t2`.`u`,
    `t2`.`g`,
    `t2`.`period`,
    `t2`.`track`,
    `t2`.`unit`
  FROM `units` AS `t2`
) AS `t6`
  ON `t3`.`period` = `t6`.`period`
  AND `t3`.`track` = `t6`.`track`
  AND `t3`.`unit` = `t6`.`unit`
INNER JOIN `items` AS `t4`
  ON `t3`.`track` = `t4`.`track` AND `t3`.`indicator` = `t4`.`indicator`

-- step notes
SELECT
  `t5`.`u`,
  `t3`.`seq`,
  `t7`.`exempt`,
  `t7`.`target_note`
FROM (
  SELECT
    *
  FROM `given` AS `t0`
  WHERE
    (
      `t0`.`exempt` IS NOT NULL
    ) OR (
      `t0`.`target_note` IS NOT NULL
    )
) AS `t7`
INNER JOIN (
  SELECT
    `t2`.`u`,
    `t2`.`g`,
    `t2`.`period`,
    `t2`.`track`,
    `t2`.`unit`
  FROM `units` AS `t2`
) AS `t5`
  ON `t7`.`period` = `t5`.`period`
  AND `t7`.`track` = `t5`.`track`
  AND `t7`.`unit` = `t5`.`unit`
INNER JOIN `items` AS `t3`
  ON `t7`.`track` = `t3`.`track` AND `t7`.`indicator` = `t3`.`indicator`

-- step marked
WITH `t9` AS (
  SELECT
    *
  FROM `units` AS `t3`
  WHERE
    `t3`.`short`
)
SELECT
  `t39`.`u`,
  `t39`.`g`,
  `t39`.`seq`,
  `t39`.`dim`,
  `t39`.`is_veto`,
  `t39`.`actual`,
  `t39`.`target`,
  `t39`.`base`,
  `t39`.`is_exempt`,
  `t39`.`present`,
  `t39`.`p`,
  `t39`.`r`,
  `t39`.`segment`,
  `t39`.`free`,
  `t39`.`mark`,
  `t39`.`state`,
  `t39`.`strikes`
FROM (
  SELECT
    `t38`.`u`,
    `t38`.`g`,
    `t38`.`seq`,
    `t38`.`actual`,
    `t38`.`target`,
    `t38`.`base`,
    `t38`.`is_exempt`,
    `t38`.`dim`,
    `t38`.`looks_at`,
    `t38`.`is_veto`,
    `t38`.`policy`,
    `t38`.`present`,
    `t38`.`p`,
    `t38`.`r`,
    `t38`.`segment`,
    `t38`.`a`,
    `t38`.`b`,
    `t38`.`c`,
    `t38`.`whole`,
    `t38`.`each`,
    `t38`.`v`,
    `t38`.`w`,
    `t38`.`low`,
    `t38`.`high`,
    `t38`.`strikes`,
    `t38`.`mark_unit`,
    `t38`.`line_n`,
    `t38`.`line_d`,
    `t38`.`steps`,
    `t38`.`mark_n`,
    `t38`.`mark_d`,
    `t38`.`free`,
    `t38`.`state`,
    IF(
      (
        `t38`.`state` = 2
      )
      OR (
        (
          `t38`.`state` = 1
        ) AND (
          `t38`.`policy` = 'unplaced'
        )
      ),
      CAST(NULL AS DECIMAL(38, 0)),
      IF(
        IF(`t38`.`free` > `t38`.`high`, `t38`.`high`, `t38`.`free`) < `t38`.`low`,
        `t38`.`low`,
        IF(`t38`.`free` > `t38`.`high`, `t38`.`high`, `t38`.`free`)
      )
    ) AS `mark`
  FROM (
    SELECT
      `t37`.`u`,
      `t37`.`g`,
      `t37`.`seq`,
      `t37`.`actual`,
      `t37`.`target`,
      `t37`.`base`,
      `t37`.`is_exempt`,
      `t37`.`dim`,
      `t37`.`looks_at`,
      `t37`.`is_veto`,
      `t37`.`policy`,
      `t37`.`present`,
      `t37`.`p`,
      `t37`.`r`,
      `t37`.`segment`,
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
      `t37`.`mark_unit`,
      `t37`.`line_n`,
      `t37`.`line_d`,
      `t37`.`steps`,
      `t37`.`mark_n`,
      `t37`.`mark_d`,
      `t37`.`free`,
      CASE
        WHEN `t37`.`is_exempt`
        THEN 2
        WHEN `t37`.`strikes`
        THEN 3
        WHEN `t37`.`present` OR `t37`.`is_veto`
        THEN 0
        WHEN `t37`.`policy` = 'exempt'
        THEN 2
        ELSE 1
      END AS `state`
    FROM (
      SELECT
        `t36`.`u`,
        `t36`.`g`,
        `t36`.`seq`,
        `t36`.`actual`,
        `t36`.`target`,
        `t36`.`base`,
        `t36`.`is_exempt`,
        `t36`.`dim`,
        `t36`.`looks_at`,
        `t36`.`is_veto`,
        `t36`.`policy`,
        `t36`.`present`,
        `t36`.`p`,
        `t36`.`r`,
        `t36`.`segment`,
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
        `t36`.`mark_unit`,
        `t36`.`line_n`,
        `t36`.`line_d`,
        `t36`.`steps`,
        `t36`.`mark_n`,
        `t36`.`mark_d`,
        RONGHE_QUOTIENT(
          (
            ABS(`t36`.`mark_n`) * CAST('2' AS DECIMAL(38, 0))
          ) + `t36`.`mark_d`,
          `t36`.`mark_d` * CAST('2' AS DECIMAL(38, 0))
        ) * IF(`t36`.`mark_n` < 0, CAST('-1' AS DECIMAL(38, 0)), CAST('1' AS DECIMAL(38, 0))) AS `free`
      FROM (
        SELECT
          `t35`.`u`,
          `t35`.`g`,
          `t35`.`seq`,
          `t35`.`actual`,
          `t35`.`target`,
          `t35`.`base`,
          `t35`.`is_exempt`,
          `t35`.`dim`,
          `t35`.`looks_at`,
          `t35`.`is_veto`,
          `t35`.`policy`,
          `t35`.`present`,
          `t35`.`p`,
          `t35`.`r`,
          `t35`.`segment`,
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
          `t35`.`mark_unit`,
          `t35`.`line_n`,
          `t35`.`line_d`,
          `t35`.`steps`,
          IF(`t35`.`whole`, (
            `t35`.`each` * `t35`.`steps`
          ) + `t35`.`v`, `t35`.`line_n`) * `t35`.`mark_unit` AS `mark_n`,
          IF(`t35`.`whole`, `t35`.`w`, `t35`.`line_d`) AS `mark_d`
        FROM (
          SELECT
            `t34`.`u`,
            `t34`.`g`,
            `t34`.`seq`,
            `t34`.`actual`,
            `t34`.`target`,
            `t34`.`base`,
            `t34`.`is_exempt`,
            `t34`.`dim`,
            `t34`.`looks_at`,
            `t34`.`is_veto`,
            `t34`.`policy`,
            `t34`.`present`,
            `t34`.`p`,
            `t34`.`r`,
            `t34`.`segment`,
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
            `t34`.`mark_unit`,
            `t34`.`line_n`,
            `t34`.`line_d`,
            IF(
              `t34`.`whole`,
              RONGHE_QUOTIENT(
                IF(
                  `t34`.`line_n` < CAST('0' AS DECIMAL(38, 0)),
                  CAST('0' AS DECIMAL(38, 0)),
                  `t34`.`line_n`
                ),
                `t34`.`line_d`
              ),
              CAST('0' AS DECIMAL(38, 0))
            ) AS `steps`
          FROM (
            SELECT
              `t33`.`u`,
              `t33`.`g`,
              `t33`.`seq`,
              `t33`.`actual`,
              `t33`.`target`,
              `t33`.`base`,
              `t33`.`is_exempt`,
              `t33`.`dim`,
              `t33`.`looks_at`,
              `t33`.`is_veto`,
              `t33`.`policy`,
              `t33`.`present`,
              `t33`.`p`,
              `t33`.`r`,
              `t33`.`segment`,
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
              `t33`.`mark_unit`,
              (
                `t33`.`a` * `t33`.`p`
              ) + (
                `t33`.`b` * `t33`.`r`
              ) AS `line_n`,
              `t33`.`c` * `t33`.`r` AS `line_d`
            FROM (
              SELECT
                `t32`.`u`,
                `t32`.`g`,
                `t32`.`seq`,
                `t32`.`actual`,
                `t32`.`target`,
                `t32`.`base`,
                `t32`.`is_exempt`,
                `t32`.`dim`,
                `t32`.`looks_at`,
                `t32`.`is_veto`,
                `t32`.`policy`,
                `t32`.`present`,
                `t32`.`p`,
                `t32`.`r`,
                `t11`.`segment`,
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
                `t12`.`mark_unit`
              FROM (
                SELECT
                  `t30`.`u`,
                  `t30`.`g`,
                  `t30`.`seq`,
                  `t30`.`actual`,
                  `t30`.`target`,
                  `t30`.`base`,
                  `t30`.`is_exempt`,
                  `t30`.`dim`,
                  `t30`.`looks_at`,
                  `t30`.`is_veto`,
                  `t30`.`policy`,
                  `t30`.`present`,
                  `t30`.`p`,
                  `t30`.`r`
                FROM (
                  SELECT
                    `t29`.`u`,
                    `t29`.`g`,
                    `t29`.`seq`,
                    `t29`.`actual`,
                    `t29`.`target`,
                    `t29`.`base`,
                    `t29`.`is_exempt`,
                    `t29`.`dim`,
                    `t29`.`looks_at`,
                    `t29`.`is_veto`,
                    `t29`.`policy`,
                    `t29`.`raw_r`,
                    `t29`.`present`,
                    `t29`.`p`,
                    `t29`.`r`
                  FROM (
                    SELECT
                      `t28`.`u`,
                      `t28`.`g`,
                      `t28`.`seq`,
                      `t28`.`actual`,
                      `t28`.`target`,
                      `t28`.`base`,
                      `t28`.`is_exempt`,
                      `t28`.`dim`,
                      `t28`.`looks_at`,
                      `t28`.`is_veto`,
                      `t28`.`policy`,
                      `t28`.`raw_p`,
                      `t28`.`raw_r`,
                      `t28`.`present`,
                      IF(`t28`.`present`, `t28`.`raw_p`, CAST('0' AS DECIMAL(38, 0))) AS `p`,
                      IF(`t28`.`present`, `t28`.`raw_r`, CAST('1' AS DECIMAL(38, 0))) AS `r`
                    FROM (
                      SELECT
                        `t27`.`u`,
                        `t27`.`g`,
                        `t27`.`seq`,
                        `t27`.`actual`,
                        `t27`.`target`,
                        `t27`.`base`,
                        `t27`.`is_exempt`,
                        `t27`.`dim`,
                        `t27`.`looks_at`,
                        `t27`.`is_veto`,
                        `t27`.`policy`,
                        `t27`.`raw_p`,
                        `t27`.`raw_r`,
                        COALESCE((
                          `t27`.`raw_p` IS NOT NULL
                        ) AND (
                          `t27`.`raw_r` > 0
                        ), FALSE)
                        AND NOT (
                          `t27`.`is_exempt`
                        ) AS `present`
                      FROM (
                        SELECT
                          `t26`.`u`,
                          `t26`.`g`,
                          `t26`.`seq`,
                          `t26`.`actual`,
                          `t26`.`target`,
                          `t26`.`base`,
                          `t26`.`is_exempt`,
                          `t26`.`dim`,
                          `t26`.`looks_at`,
                          `t26`.`is_veto`,
                          `t26`.`policy`,
                          CASE
                            WHEN `t26`.`looks_at` = 'attainment'
                            THEN IF(`t26`.`target` < 0, -(
                              `t26`.`actual`
                            ), `t26`.`actual`)
                            WHEN (
                              `t26`.`looks_at` = 'deviation'
                            ) OR (
                              `t26`.`looks_at` = 'difference'
                            )
                            THEN `t26`.`actual` - `t26`.`target`
                            WHEN `t26`.`looks_at` = 'growth'
                            THEN `t26`.`actual` - `t26`.`base`
                            ELSE `t26`.`actual`
                          END AS `raw_p`,
                          CASE
                            WHEN (
                              `t26`.`looks_at` = 'attainment'
                            ) OR (
                              `t26`.`looks_at` = 'deviation'
                            )
                            THEN ABS(`t26`.`target`)
                            WHEN `t26`.`looks_at` = 'growth'
                            THEN ABS(`t26`.`base`)
                            ELSE CAST('1000000' AS DECIMAL(38, 0))
                          END AS `raw_r`
                        FROM (
                          SELECT
                            `t25`.`u`,
                            `t25`.`g`,
                            `t25`.`seq`,
                            CAST(`t25`.`actual` AS DECIMAL(38, 0)) AS `actual`,
                            CAST(`t25`.`target` AS DECIMAL(38, 0)) AS `target`,
                            CAST(`t25`.`base` AS DECIMAL(38, 0)) AS `base`,
                            `t25`.`is_exempt`,
                            `t25`.`dim`,
                            `t25`.`looks_at`,
                            `t25`.`is_veto`,
                            `t25`.`policy`
                          FROM (
                            SELECT
                              `t24`.`u`,
                              `t24`.`g`,
                              `t24`.`seq`,
                              `t24`.`actual`,
                              `t24`.`target`,
                              `t24`.`base`,
                              `t24`.`is_exempt`,
                              `t13`.`dim`,
                              `t13`.`looks_at`,
                              `t13`.`is_veto`,
                              `t13`.`policy`
                            FROM (
                              SELECT
                                *
                              FROM `figures` AS `t1`
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    `t20`.`u`,
                                    `t20`.`g`,
                                    `t20`.`seq`,
                                    CAST(NULL AS BIGINT) AS `actual`,
                                    CAST(NULL AS BIGINT) AS `target`,
                                    CAST(NULL AS BIGINT) AS `base`,
                                    FALSE AS `is_exempt`
                                  FROM (
                                    SELECT
                                      `t16`.`u`,
                                      `t16`.`g`,
                                      `t15`.`seq`
                                    FROM `t9` AS `t16`
                                    INNER JOIN (
                                      SELECT
                                        `t4`.`track`,
                                        `t4`.`seq`
                                      FROM `items` AS `t4`
                                    ) AS `t15`
                                      ON `t16`.`track` = `t15`.`track`
                                    LEFT ANTI JOIN (
                                      SELECT
                                        `t5`.`u`,
                                        `t5`.`g`,
                                        `t5`.`seq`,
                                        `t5`.`actual`,
                                        `t5`.`target`,
                                        `t5`.`base`,
                                        `t5`.`is_exempt`
                                      FROM `figures` AS `t5`
                                      LEFT SEMI JOIN `t9` AS `t17`
                                        ON `t5`.`u` = `t17`.`u`
                                    ) AS `t19`
                                      ON `t16`.`u` = `t19`.`u` AND `t15`.`seq` = `t19`.`seq`
                                  ) AS `t20`
                                ) AS `t21`
                              ) AS `t22`
                            ) AS `t24`
                            INNER JOIN (
                              SELECT
                                `t2`.`seq`,
                                `t2`.`dim`,
                                `t2`.`looks_at`,
                                `t2`.`is_veto`,
                                `t2`.`policy`
                              FROM `rules` AS `t2`
                            ) AS `t13`
                              ON `t24`.`seq` = `t13`.`seq`
                          ) AS `t25`
                        ) AS `t26`
                      ) AS `t27`
                    ) AS `t28`
                  ) AS `t29`
                ) AS `t30`
              ) AS `t32`
              INNER JOIN (
                SELECT
                  `t0`.`seq`,
                  `t0`.`present`,
                  `t0`.`segment`,
                  `t0`.`lo_n`,
                  `t0`.`lo_d`,
                  `t0`.`hi_n`,
                  `t0`.`hi_d`
                FROM `segments` AS `t0`
              ) AS `t11`
                ON `t32`.`seq` = `t11`.`seq`
                AND `t32`.`present` = `t11`.`present`
                AND (
                  `t11`.`lo_n` * `t32`.`r`
                ) <= (
                  `t32`.`p` * `t11`.`lo_d`
                )
                AND (
                  `t32`.`p` * `t11`.`hi_d`
                ) < (
                  `t11`.`hi_n` * `t32`.`r`
                )
              INNER JOIN (
                SELECT
                  `t0`.`seq`,
                  `t0`.`present`,
                  `t0`.`segment`,
                  `t0`.`a`,
                  `t0`.`b`,
                  `t0`.`c`,
                  `t0`.`whole`,
                  `t0`.`each`,
                  `t0`.`v`,
                  `t0`.`w`,
                  `t0`.`low`,
                  `t0`.`high`,
                  `t0`.`strikes`,
                  `t0`.`mark_unit`
                FROM `segments` AS `t0`
              ) AS `t12`
                ON `t32`.`seq` = `t12`.`seq`
                AND `t32`.`present` = `t12`.`present`
                AND `t11`.`segment` = `t12`.`segment`
            ) AS `t33`
          ) AS `t34`
        ) AS `t35`
      ) AS `t36`
    ) AS `t37`
  ) AS `t38`
) AS `t39`

-- step summed
SELECT
  `t15`.`u`,
  `t15`.`g`,
  `t15`.`dim`,
  `t15`.`scored`,
  `t15`.`exempted`,
  `t15`.`mark_sum`,
  `t15`.`full_all`,
  `t15`.`full_left`,
  `t15`.`missing`,
  `t15`.`unplaced`,
  `t15`.`vetoed`,
  `t15`.`zeroing`,
  `t15`.`zeroing_total`,
  `t15`.`veto_limit`,
  `t15`.`cap`,
  `t15`.`scales`,
  `t15`.`left_out`,
  `t15`.`scaled`,
  `t15`.`capped`,
  IF(
    (
      `t15`.`zeroing` > 0
    ) AND NOT (
      `t15`.`left_out`
    ),
    CAST('0' AS DECIMAL(38, 0)),
    `t15`.`capped`
  ) AS `subtotal`
FROM (
  SELECT
    `t14`.`u`,
    `t14`.`g`,
    `t14`.`dim`,
    `t14`.`scored`,
    `t14`.`exempted`,
    `t14`.`mark_sum`,
    `t14`.`full_all`,
    `t14`.`full_left`,
    `t14`.`missing`,
    `t14`.`unplaced`,
    `t14`.`vetoed`,
    `t14`.`zeroing`,
    `t14`.`zeroing_total`,
    `t14`.`veto_limit`,
    `t14`.`cap`,
    `t14`.`scales`,
    `t14`.`left_out`,
    `t14`.`scaled`,
    IF(
      `t14`.`cap` IS NOT NULL,
      IF(
        `t14`.`scaled` > COALESCE(`t14`.`cap`, CAST('0' AS DECIMAL(38, 0))),
        COALESCE(`t14`.`cap`, CAST('0' AS DECIMAL(38, 0))),
        `t14`.`scaled`
      ),
      `t14`.`scaled`
    ) AS `capped`
  FROM (
    SELECT
      `t13`.`u`,
      `t13`.`g`,
      `t13`.`dim`,
      `t13`.`scored`,
      `t13`.`exempted`,
      `t13`.`mark_sum`,
      `t13`.`full_all`,
      `t13`.`full_left`,
      `t13`.`missing`,
      `t13`.`unplaced`,
      `t13`.`vetoed`,
      `t13`.`zeroing`,
      `t13`.`zeroing_total`,
      `t13`.`veto_limit`,
      `t13`.`cap`,
      `t13`.`scales`,
      `t13`.`left_out`,
      IF(
        `t13`.`left_out`,
        CAST(NULL AS DECIMAL(38, 0)),
        IF(
          `t13`.`scales`,
          RONGHE_QUOTIENT(
            (
              ABS(`t13`.`mark_sum` * `t13`.`full_all`) * CAST('2' AS DECIMAL(38, 0))
            ) + IF(`t13`.`full_left` > 0, `t13`.`full_left`, CAST('1' AS DECIMAL(38, 0))),
            IF(`t13`.`full_left` > 0, `t13`.`full_left`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
          ) * IF(
            (
              `t13`.`mark_sum` * `t13`.`full_all`
            ) < 0,
            CAST('-1' AS DECIMAL(38, 0)),
            CAST('1' AS DECIMAL(38, 0))
          ),
          `t13`.`mark_sum`
        )
      ) AS `scaled`
    FROM (
      SELECT
        `t12`.`u`,
        `t12`.`g`,
        `t12`.`dim`,
        `t12`.`scored`,
        `t12`.`exempted`,
        `t12`.`mark_sum`,
        `t12`.`full_all`,
        `t12`.`full_left`,
        `t12`.`missing`,
        `t12`.`unplaced`,
        `t12`.`vetoed`,
        `t12`.`zeroing`,
        `t12`.`zeroing_total`,
        `t12`.`veto_limit`,
        `t12`.`cap`,
        `t12`.`full_all` <> `t12`.`full_left` AS `scales`,
        (
          `t12`.`scored` = `t12`.`exempted`
        )
        OR (
          (
            `t12`.`full_all` <> `t12`.`full_left`
          ) AND (
            `t12`.`full_left` = 0
          )
        ) AS `left_out`
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
          `t6`.`cap`
        FROM (
          SELECT
            `t9`.`u`,
            `t9`.`g`,
            `t9`.`dim`,
            SUM(CAST(NOT (
              `t9`.`is_veto`
            ) AS BIGINT)) AS `scored`,
            SUM(CAST(NOT (
              `t9`.`is_veto`
            ) AND (
              `t9`.`state` = 2
            ) AS BIGINT)) AS `exempted`,
            CAST(COALESCE(SUM(`t9`.`mark`), CAST('0' AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS `mark_sum`,
            CAST(SUM(`t9`.`full_scaled`) AS DECIMAL(38, 0)) AS `full_all`,
            CAST(SUM(IF(`t9`.`state` = 2, CAST('0' AS DECIMAL(38, 0)), `t9`.`full_scaled`)) AS DECIMAL(38, 0)) AS `full_left`,
            SUM(CAST(`t9`.`state` = 1 AS BIGINT)) AS `missing`,
            SUM(CAST((
              `t9`.`state` = 1
            ) AND (
              `t9`.`policy` = 'unplaced'
            ) AS BIGINT)) AS `unplaced`,
            SUM(CAST(`t9`.`strikes` AS BIGINT)) AS `vetoed`,
            SUM(CAST(`t9`.`strikes` AND (
              `t9`.`effect` = 'zero_dimension'
            ) AS BIGINT)) AS `zeroing`,
            SUM(CAST(`t9`.`strikes` AND (
              `t9`.`effect` = 'zero_total'
            ) AS BIGINT)) AS `zeroing_total`,
            MIN(IF(`t9`.`strikes`, `t9`.`limit_units`, CAST(NULL AS DECIMAL(38, 0)))) AS `veto_limit`
          FROM (
            SELECT
              `t7`.`u`,
              `t7`.`g`,
              `t7`.`seq`,
              `t7`.`dim`,
              `t7`.`is_veto`,
              `t7`.`mark`,
              `t7`.`state`,
              `t7`.`strikes`,
              `t8`.`full_scaled`,
              `t8`.`policy`,
              `t8`.`effect`,
              `t8`.`limit_units`
            FROM (
              SELECT
                `t1`.`u`,
                `t1`.`g`,
                `t1`.`seq`,
                `t1`.`dim`,
                `t1`.`is_veto`,
                `t1`.`mark`,
                `t1`.`state`,
                `t1`.`strikes`
              FROM `marked` AS `t1`
            ) AS `t7`
            INNER JOIN (
              SELECT
                `t2`.`seq`,
                `t2`.`full_scaled`,
                `t2`.`policy`,
                `t2`.`effect`,
                `t2`.`limit_units`
              FROM `rules` AS `t2`
            ) AS `t8`
              ON `t7`.`seq` = `t8`.`seq`
          ) AS `t9`
          GROUP BY
            1,
            2,
            3
        ) AS `t11`
        INNER JOIN (
          SELECT
            `t0`.`dim`,
            `t0`.`cap`
          FROM `dimensions` AS `t0`
        ) AS `t6`
          ON `t11`.`dim` = `t6`.`dim`
      ) AS `t12`
    ) AS `t13`
  ) AS `t14`
) AS `t15`

-- step totalled
SELECT
  `t14`.`u`,
  `t14`.`g`,
  `t14`.`kept`,
  `t14`.`dimension_sum`,
  `t14`.`total_full_all`,
  `t14`.`total_full_kept`,
  `t14`.`missing`,
  `t14`.`unplaced`,
  `t14`.`vetoed`,
  `t14`.`zeroing_total`,
  `t14`.`total_limit`,
  `t14`.`total_scales`,
  `t14`.`total_scaled`,
  `t14`.`digits`,
  `t14`.`mark_unit`,
  `t14`.`full_digits`,
  `t14`.`full_unit`,
  `t14`.`cap_units`,
  `t14`.`floor_units`,
  `t14`.`min_peers`,
  `t14`.`total_capped`,
  `t14`.`total_bounded`,
  `t14`.`total_limited`,
  IF(
    (
      `t14`.`zeroing_total` > 0
    ) AND (
      `t14`.`kept` > 0
    ),
    CAST('0' AS DECIMAL(38, 0)),
    `t14`.`total_limited`
  ) AS `total`,
  (
    `t14`.`kept` > 0
  ) AND (
    `t14`.`unplaced` = 0
  ) AS `final`
FROM (
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
    `t13`.`digits`,
    `t13`.`mark_unit`,
    `t13`.`full_digits`,
    `t13`.`full_unit`,
    `t13`.`cap_units`,
    `t13`.`floor_units`,
    `t13`.`min_peers`,
    `t13`.`total_capped`,
    `t13`.`total_bounded`,
    IF(
      `t13`.`total_limit` IS NOT NULL,
      IF(
        `t13`.`total_bounded` > COALESCE(`t13`.`total_limit`, CAST('0' AS DECIMAL(38, 0))),
        COALESCE(`t13`.`total_limit`, CAST('0' AS DECIMAL(38, 0))),
        `t13`.`total_bounded`
      ),
      `t13`.`total_bounded`
    ) AS `total_limited`
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
      `t12`.`digits`,
      `t12`.`mark_unit`,
      `t12`.`full_digits`,
      `t12`.`full_unit`,
      `t12`.`cap_units`,
      `t12`.`floor_units`,
      `t12`.`min_peers`,
      `t12`.`total_capped`,
      IF(
        `t12`.`floor_units` IS NOT NULL,
        IF(
          `t12`.`total_capped` < COALESCE(`t12`.`floor_units`, CAST('0' AS DECIMAL(38, 0))),
          COALESCE(`t12`.`floor_units`, CAST('0' AS DECIMAL(38, 0))),
          `t12`.`total_capped`
        ),
        `t12`.`total_capped`
      ) AS `total_bounded`
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
        `t11`.`digits`,
        `t11`.`mark_unit`,
        `t11`.`full_digits`,
        `t11`.`full_unit`,
        `t11`.`cap_units`,
        `t11`.`floor_units`,
        `t11`.`min_peers`,
        IF(
          `t11`.`cap_units` IS NOT NULL,
          IF(
            `t11`.`total_scaled` > COALESCE(`t11`.`cap_units`, CAST('0' AS DECIMAL(38, 0))),
            COALESCE(`t11`.`cap_units`, CAST('0' AS DECIMAL(38, 0))),
            `t11`.`total_scaled`
          ),
          `t11`.`total_scaled`
        ) AS `total_capped`
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
          `t10`.`digits`,
          `t10`.`mark_unit`,
          `t10`.`full_digits`,
          `t10`.`full_unit`,
          `t10`.`cap_units`,
          `t10`.`floor_units`,
          `t10`.`min_peers`
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
            `t5`.`track`,
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
              `t1`.`track`
            FROM `units` AS `t1`
          ) AS `t5`
            ON `t9`.`u` = `t5`.`u`
          INNER JOIN `tracks` AS `t3`
            ON `t5`.`track` = `t3`.`track`
        ) AS `t10`
      ) AS `t11`
    ) AS `t12`
  ) AS `t13`
) AS `t14`

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
          `t4`.`is_exempt`,
          `t4`.`present`,
          `t4`.`p`,
          `t4`.`r`,
          `t4`.`segment`,
          `t4`.`free`,
          `t4`.`mark`,
          `t4`.`state`,
          `t4`.`strikes`,
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
          `t4`.`is_exempt`,
          `t4`.`present`,
          `t4`.`p`,
          `t4`.`r`,
          `t4`.`segment`,
          `t4`.`free`,
          `t4`.`mark`,
          `t4`.`state`,
          `t4`.`strikes`,
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
          `t4`.`is_exempt`,
          `t4`.`present`,
          `t4`.`p`,
          `t4`.`r`,
          `t4`.`segment`,
          `t4`.`free`,
          `t4`.`mark`,
          `t4`.`state`,
          `t4`.`strikes`,
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

-- step ranked_4
WITH `t15` AS (
  SELECT
    `t14`.`u`,
    `t14`.`g`,
    `t14`.`total`,
    `t14`.`tie_0`,
    `t14`.`tie_1`,
    `t14`.`tie_2`,
    `t14`.`tie_3`,
    (
      RANK() OVER (
        PARTITION BY `t14`.`g`
        ORDER BY `t14`.`total` DESC, `t14`.`tie_0` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_0`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_1` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_1`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_2` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_2`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_3` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_3`, CAST('0' AS DECIMAL(38, 0))) DESC
      ) - 1
    ) + 1 AS `place`
  FROM (
    SELECT
      `t10`.`u`,
      `t10`.`g`,
      `t10`.`total`,
      `t13`.`tie_0`,
      `t13`.`tie_1`,
      `t13`.`tie_2`,
      `t13`.`tie_3`
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
        MAX(IF(`t11`.`tie` = 2, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_2`,
        MAX(IF(`t11`.`tie` = 3, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_3`
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
          `t4`.`is_exempt`,
          `t4`.`present`,
          `t4`.`p`,
          `t4`.`r`,
          `t4`.`segment`,
          `t4`.`free`,
          `t4`.`mark`,
          `t4`.`state`,
          `t4`.`strikes`,
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

-- step ranked_5
WITH `t15` AS (
  SELECT
    `t14`.`u`,
    `t14`.`g`,
    `t14`.`total`,
    `t14`.`tie_0`,
    `t14`.`tie_1`,
    `t14`.`tie_2`,
    `t14`.`tie_3`,
    `t14`.`tie_4`,
    (
      RANK() OVER (
        PARTITION BY `t14`.`g`
        ORDER BY `t14`.`total` DESC, `t14`.`tie_0` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_0`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_1` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_1`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_2` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_2`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_3` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_3`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_4` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_4`, CAST('0' AS DECIMAL(38, 0))) DESC
      ) - 1
    ) + 1 AS `place`
  FROM (
    SELECT
      `t10`.`u`,
      `t10`.`g`,
      `t10`.`total`,
      `t13`.`tie_0`,
      `t13`.`tie_1`,
      `t13`.`tie_2`,
      `t13`.`tie_3`,
      `t13`.`tie_4`
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
        MAX(IF(`t11`.`tie` = 2, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_2`,
        MAX(IF(`t11`.`tie` = 3, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_3`,
        MAX(IF(`t11`.`tie` = 4, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_4`
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
          `t4`.`is_exempt`,
          `t4`.`present`,
          `t4`.`p`,
          `t4`.`r`,
          `t4`.`segment`,
          `t4`.`free`,
          `t4`.`mark`,
          `t4`.`state`,
          `t4`.`strikes`,
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

-- step ranked_6
WITH `t15` AS (
  SELECT
    `t14`.`u`,
    `t14`.`g`,
    `t14`.`total`,
    `t14`.`tie_0`,
    `t14`.`tie_1`,
    `t14`.`tie_2`,
    `t14`.`tie_3`,
    `t14`.`tie_4`,
    `t14`.`tie_5`,
    (
      RANK() OVER (
        PARTITION BY `t14`.`g`
        ORDER BY `t14`.`total` DESC, `t14`.`tie_0` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_0`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_1` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_1`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_2` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_2`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_3` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_3`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_4` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_4`, CAST('0' AS DECIMAL(38, 0))) DESC, `t14`.`tie_5` IS NULL ASC NULLS LAST, COALESCE(`t14`.`tie_5`, CAST('0' AS DECIMAL(38, 0))) DESC
      ) - 1
    ) + 1 AS `place`
  FROM (
    SELECT
      `t10`.`u`,
      `t10`.`g`,
      `t10`.`total`,
      `t13`.`tie_0`,
      `t13`.`tie_1`,
      `t13`.`tie_2`,
      `t13`.`tie_3`,
      `t13`.`tie_4`,
      `t13`.`tie_5`
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
        MAX(IF(`t11`.`tie` = 2, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_2`,
        MAX(IF(`t11`.`tie` = 3, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_3`,
        MAX(IF(`t11`.`tie` = 4, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_4`,
        MAX(IF(`t11`.`tie` = 5, `t11`.`mark`, CAST(NULL AS DECIMAL(38, 0)))) AS `tie_5`
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
          `t4`.`is_exempt`,
          `t4`.`present`,
          `t4`.`p`,
          `t4`.`r`,
          `t4`.`segment`,
          `t4`.`free`,
          `t4`.`mark`,
          `t4`.`state`,
          `t4`.`strikes`,
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

-- step least
SELECT
  `t32`.`u`,
  `t32`.`seq`,
  `t32`.`actual`,
  `t32`.`target`,
  `t32`.`base`,
  `t32`.`r`,
  `t32`.`wanted_mark`,
  `t7`.`looks_at`,
  `t7`.`grid`,
  `t7`.`counts`
FROM (
  SELECT
    `t30`.`u`,
    `t30`.`seq`,
    `t30`.`actual`,
    `t30`.`target`,
    `t30`.`base`,
    `t30`.`r`,
    `t30`.`wanted_mark`
  FROM (
    SELECT
      `t29`.`u`,
      `t29`.`seq`,
      `t29`.`dim`,
      `t29`.`mark`,
      `t29`.`actual`,
      `t29`.`target`,
      `t29`.`base`,
      `t29`.`r`,
      `t29`.`wanted_marks`,
      `t29`.`mark_sum`,
      `t29`.`wanted_marks` - (
        `t29`.`mark_sum` - `t29`.`mark`
      ) AS `wanted_mark`
    FROM (
      SELECT
        `t15`.`u`,
        `t15`.`seq`,
        `t15`.`dim`,
        `t15`.`mark`,
        `t15`.`actual`,
        `t15`.`target`,
        `t15`.`base`,
        `t15`.`r`,
        `t28`.`wanted_marks`,
        `t28`.`mark_sum`
      FROM (
        SELECT
          `t8`.`u`,
          `t8`.`seq`,
          `t8`.`dim`,
          `t8`.`mark`,
          `t8`.`actual`,
          `t8`.`target`,
          `t8`.`base`,
          `t8`.`r`
        FROM (
          SELECT
            *
          FROM `marked` AS `t1`
          WHERE
            `t1`.`present`
            AND NOT (
              `t1`.`is_veto`
            )
            AND `t1`.`state` = 0
            AND `t1`.`mark` IS NOT NULL
            AND `t1`.`actual` IS NOT NULL
        ) AS `t8`
      ) AS `t15`
      INNER JOIN (
        SELECT
          `t26`.`u`,
          `t26`.`dim`,
          `t26`.`wanted_marks`,
          `t26`.`mark_sum`
        FROM (
          SELECT
            `t25`.`u`,
            `t25`.`wanted_sum`,
            `t25`.`dimension_sum`,
            `t25`.`dim`,
            `t25`.`subtotal`,
            `t25`.`mark_sum`,
            `t25`.`full_all`,
            `t25`.`full_left`,
            `t25`.`scales`,
            `t25`.`cap`,
            `t25`.`wanted_subtotal`,
            IF(
              `t25`.`scales`,
              IF(
                `t25`.`wanted_subtotal` > 0,
                -(
                  RONGHE_QUOTIENT(
                    ABS(
                      -(
                        (
                          (
                            `t25`.`wanted_subtotal` * CAST('2' AS DECIMAL(38, 0))
                          ) - CAST('1' AS DECIMAL(38, 0))
                        ) * IF(`t25`.`full_left` > 0, `t25`.`full_left`, CAST('1' AS DECIMAL(38, 0)))
                      )
                    ) + IF(
                      -(
                        (
                          (
                            `t25`.`wanted_subtotal` * CAST('2' AS DECIMAL(38, 0))
                          ) - CAST('1' AS DECIMAL(38, 0))
                        ) * IF(`t25`.`full_left` > 0, `t25`.`full_left`, CAST('1' AS DECIMAL(38, 0)))
                      ) < 0,
                      (
                        IF(`t25`.`full_all` > 0, `t25`.`full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                      ) - CAST('1' AS DECIMAL(38, 0)),
                      CAST('0' AS DECIMAL(38, 0))
                    ),
                    IF(`t25`.`full_all` > 0, `t25`.`full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                  ) * IF(
                    -(
                      (
                        (
                          `t25`.`wanted_subtotal` * CAST('2' AS DECIMAL(38, 0))
                        ) - CAST('1' AS DECIMAL(38, 0))
                      ) * IF(`t25`.`full_left` > 0, `t25`.`full_left`, CAST('1' AS DECIMAL(38, 0)))
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
                          `t25`.`wanted_subtotal` * CAST('2' AS DECIMAL(38, 0))
                        ) - CAST('1' AS DECIMAL(38, 0))
                      ) * IF(`t25`.`full_left` > 0, `t25`.`full_left`, CAST('1' AS DECIMAL(38, 0)))
                    ) + IF(
                      (
                        (
                          (
                            `t25`.`wanted_subtotal` * CAST('2' AS DECIMAL(38, 0))
                          ) - CAST('1' AS DECIMAL(38, 0))
                        ) * IF(`t25`.`full_left` > 0, `t25`.`full_left`, CAST('1' AS DECIMAL(38, 0)))
                      ) < 0,
                      (
                        IF(`t25`.`full_all` > 0, `t25`.`full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                      ) - CAST('1' AS DECIMAL(38, 0)),
                      CAST('0' AS DECIMAL(38, 0))
                    ),
                    IF(`t25`.`full_all` > 0, `t25`.`full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                  ) * IF(
                    (
                      (
                        (
                          `t25`.`wanted_subtotal` * CAST('2' AS DECIMAL(38, 0))
                        ) - CAST('1' AS DECIMAL(38, 0))
                      ) * IF(`t25`.`full_left` > 0, `t25`.`full_left`, CAST('1' AS DECIMAL(38, 0)))
                    ) < 0,
                    CAST('-1' AS DECIMAL(38, 0)),
                    CAST('1' AS DECIMAL(38, 0))
                  )
                ) + CAST('1' AS DECIMAL(38, 0))
              ),
              `t25`.`wanted_subtotal`
            ) AS `wanted_marks`
          FROM (
            SELECT
              *
            FROM (
              SELECT
                `t23`.`u`,
                `t23`.`wanted_sum`,
                `t23`.`dimension_sum`,
                `t23`.`dim`,
                `t23`.`subtotal`,
                `t23`.`mark_sum`,
                `t23`.`full_all`,
                `t23`.`full_left`,
                `t23`.`scales`,
                `t23`.`cap`,
                `t23`.`wanted_sum` - (
                  `t23`.`dimension_sum` - `t23`.`subtotal`
                ) AS `wanted_subtotal`
              FROM (
                SELECT
                  `t22`.`u`,
                  `t22`.`wanted_sum`,
                  `t22`.`dimension_sum`,
                  `t16`.`dim`,
                  `t16`.`subtotal`,
                  `t16`.`mark_sum`,
                  `t16`.`full_all`,
                  `t16`.`full_left`,
                  `t16`.`scales`,
                  `t16`.`cap`
                FROM (
                  SELECT
                    `t20`.`u`,
                    `t20`.`wanted_sum`,
                    `t20`.`dimension_sum`
                  FROM (
                    SELECT
                      `t19`.`u`,
                      `t19`.`better`,
                      `t19`.`dimension_sum`,
                      `t19`.`total_full_all`,
                      `t19`.`total_full_kept`,
                      `t19`.`total_scales`,
                      `t19`.`zeroing_total`,
                      `t19`.`total_limit`,
                      `t19`.`cap_units`,
                      IF(
                        `t19`.`total_scales`,
                        IF(
                          `t19`.`better` > 0,
                          -(
                            RONGHE_QUOTIENT(
                              ABS(
                                -(
                                  (
                                    (
                                      `t19`.`better` * CAST('2' AS DECIMAL(38, 0))
                                    ) - CAST('1' AS DECIMAL(38, 0))
                                  ) * IF(`t19`.`total_full_kept` > 0, `t19`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0)))
                                )
                              ) + IF(
                                -(
                                  (
                                    (
                                      `t19`.`better` * CAST('2' AS DECIMAL(38, 0))
                                    ) - CAST('1' AS DECIMAL(38, 0))
                                  ) * IF(`t19`.`total_full_kept` > 0, `t19`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0)))
                                ) < 0,
                                (
                                  IF(`t19`.`total_full_all` > 0, `t19`.`total_full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                                ) - CAST('1' AS DECIMAL(38, 0)),
                                CAST('0' AS DECIMAL(38, 0))
                              ),
                              IF(`t19`.`total_full_all` > 0, `t19`.`total_full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                            ) * IF(
                              -(
                                (
                                  (
                                    `t19`.`better` * CAST('2' AS DECIMAL(38, 0))
                                  ) - CAST('1' AS DECIMAL(38, 0))
                                ) * IF(`t19`.`total_full_kept` > 0, `t19`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0)))
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
                                    `t19`.`better` * CAST('2' AS DECIMAL(38, 0))
                                  ) - CAST('1' AS DECIMAL(38, 0))
                                ) * IF(`t19`.`total_full_kept` > 0, `t19`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0)))
                              ) + IF(
                                (
                                  (
                                    (
                                      `t19`.`better` * CAST('2' AS DECIMAL(38, 0))
                                    ) - CAST('1' AS DECIMAL(38, 0))
                                  ) * IF(`t19`.`total_full_kept` > 0, `t19`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0)))
                                ) < 0,
                                (
                                  IF(`t19`.`total_full_all` > 0, `t19`.`total_full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                                ) - CAST('1' AS DECIMAL(38, 0)),
                                CAST('0' AS DECIMAL(38, 0))
                              ),
                              IF(`t19`.`total_full_all` > 0, `t19`.`total_full_all`, CAST('1' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                            ) * IF(
                              (
                                (
                                  (
                                    `t19`.`better` * CAST('2' AS DECIMAL(38, 0))
                                  ) - CAST('1' AS DECIMAL(38, 0))
                                ) * IF(`t19`.`total_full_kept` > 0, `t19`.`total_full_kept`, CAST('1' AS DECIMAL(38, 0)))
                              ) < 0,
                              CAST('-1' AS DECIMAL(38, 0)),
                              CAST('1' AS DECIMAL(38, 0))
                            )
                          ) + CAST('1' AS DECIMAL(38, 0))
                        ),
                        `t19`.`better`
                      ) AS `wanted_sum`
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          `t17`.`u`,
                          `t17`.`better`,
                          `t11`.`dimension_sum`,
                          `t11`.`total_full_all`,
                          `t11`.`total_full_kept`,
                          `t11`.`total_scales`,
                          `t11`.`zeroing_total`,
                          `t11`.`total_limit`,
                          `t11`.`cap_units`
                        FROM (
                          SELECT
                            `t10`.`u`,
                            `t10`.`better`
                          FROM (
                            SELECT
                              *
                            FROM `ranked` AS `t3`
                            WHERE
                              `t3`.`better` > `t3`.`total`
                          ) AS `t10`
                        ) AS `t17`
                        INNER JOIN (
                          SELECT
                            `t4`.`u`,
                            `t4`.`dimension_sum`,
                            `t4`.`total_full_all`,
                            `t4`.`total_full_kept`,
                            `t4`.`total_scales`,
                            `t4`.`zeroing_total`,
                            `t4`.`total_limit`,
                            `t4`.`cap_units`
                          FROM `totalled` AS `t4`
                        ) AS `t11`
                          ON `t17`.`u` = `t11`.`u`
                      ) AS `t18`
                      WHERE
                        `t18`.`zeroing_total` = 0
                        AND (
                          (
                            `t18`.`total_limit` IS NULL
                          ) OR (
                            `t18`.`total_limit` >= `t18`.`better`
                          )
                        )
                        AND (
                          (
                            `t18`.`cap_units` IS NULL
                          ) OR (
                            `t18`.`cap_units` >= `t18`.`better`
                          )
                        )
                    ) AS `t19`
                  ) AS `t20`
                ) AS `t22`
                INNER JOIN (
                  SELECT
                    `t9`.`u`,
                    `t9`.`dim`,
                    `t9`.`subtotal`,
                    `t9`.`mark_sum`,
                    `t9`.`full_all`,
                    `t9`.`full_left`,
                    `t9`.`scales`,
                    `t9`.`cap`
                  FROM (
                    SELECT
                      *
                    FROM `summed` AS `t2`
                    WHERE
                      NOT (
                        `t2`.`left_out`
                      ) AND `t2`.`zeroing` = 0
                  ) AS `t9`
                ) AS `t16`
                  ON `t22`.`u` = `t16`.`u`
              ) AS `t23`
            ) AS `t24`
            WHERE
              (
                `t24`.`cap` IS NULL
              ) OR (
                `t24`.`wanted_subtotal` <= `t24`.`cap`
              )
          ) AS `t25`
        ) AS `t26`
      ) AS `t28`
        ON `t15`.`u` = `t28`.`u` AND `t15`.`dim` = `t28`.`dim`
    ) AS `t29`
  ) AS `t30`
) AS `t32`
INNER JOIN (
  SELECT
    `t0`.`seq`,
    `t0`.`looks_at`,
    `t0`.`grid`,
    `t0`.`counts`
  FROM `rules` AS `t0`
) AS `t7`
  ON `t32`.`seq` = `t7`.`seq`

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
      `t13`.`actual`,
      `t13`.`target`,
      `t13`.`base`,
      `t13`.`r`,
      `t13`.`wanted_mark`,
      `t13`.`looks_at`,
      `t13`.`grid`,
      `t13`.`counts`,
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
        `t12`.`actual`,
        `t12`.`target`,
        `t12`.`base`,
        `t12`.`r`,
        `t12`.`wanted_mark`,
        `t12`.`looks_at`,
        `t12`.`grid`,
        `t12`.`counts`,
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
            `t10`.`actual`,
            `t10`.`target`,
            `t10`.`base`,
            `t10`.`r`,
            `t10`.`wanted_mark`,
            `t10`.`looks_at`,
            `t10`.`grid`,
            `t10`.`counts`,
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
                `t8`.`actual`,
                `t8`.`target`,
                `t8`.`base`,
                `t8`.`r`,
                `t8`.`wanted_mark`,
                `t8`.`looks_at`,
                `t8`.`grid`,
                `t8`.`counts`,
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
                  `t7`.`actual`,
                  `t7`.`target`,
                  `t7`.`base`,
                  `t7`.`r`,
                  `t7`.`wanted_mark`,
                  `t7`.`looks_at`,
                  `t7`.`grid`,
                  `t7`.`counts`,
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
                    `t6`.`actual`,
                    `t6`.`target`,
                    `t6`.`base`,
                    `t6`.`r`,
                    `t6`.`wanted_mark`,
                    `t6`.`looks_at`,
                    `t6`.`grid`,
                    `t6`.`counts`,
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
                      `t5`.`actual`,
                      `t5`.`target`,
                      `t5`.`base`,
                      `t5`.`r`,
                      `t5`.`wanted_mark`,
                      `t5`.`looks_at`,
                      `t5`.`grid`,
                      `t5`.`counts`,
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
                        `t4`.`actual`,
                        `t4`.`target`,
                        `t4`.`base`,
                        `t4`.`r`,
                        `t4`.`wanted_mark`,
                        `t4`.`looks_at`,
                        `t4`.`grid`,
                        `t4`.`counts`,
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
                          `t2`.`actual`,
                          `t2`.`target`,
                          `t2`.`base`,
                          `t2`.`r`,
                          `t2`.`wanted_mark`,
                          `t2`.`looks_at`,
                          `t2`.`grid`,
                          `t2`.`counts`,
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
  `t25`.`u`,
  `t25`.`seq`,
  `t25`.`actual`,
  `t25`.`target`,
  `t25`.`x`,
  `t25`.`mark`,
  `t25`.`lost`,
  `t25`.`state`,
  IF(
    `t25`.`target_note` IS NOT NULL,
    CONCAT(`t25`.`text`, ';目标说明:', COALESCE(`t25`.`target_note`, '')),
    `t25`.`text`
  ) AS `because`
FROM (
  SELECT
    `t24`.`u`,
    `t24`.`seq`,
    `t24`.`actual`,
    `t24`.`target`,
    `t24`.`is_exempt`,
    `t24`.`x`,
    `t24`.`mark`,
    `t24`.`lost`,
    `t24`.`state`,
    `t24`.`said`,
    `t24`.`exempt`,
    `t24`.`target_note`,
    IF(
      `t24`.`is_exempt`,
      CONCAT('经批准本期免考:', COALESCE(`t24`.`exempt`, '')),
      `t24`.`said`
    ) AS `text`
  FROM (
    SELECT
      `t23`.`u`,
      `t23`.`seq`,
      `t23`.`actual`,
      `t23`.`target`,
      `t23`.`is_exempt`,
      `t23`.`x`,
      `t23`.`mark`,
      `t23`.`lost`,
      `t23`.`state`,
      `t23`.`said`,
      `t5`.`exempt`,
      `t5`.`target_note`
    FROM (
      SELECT
        `t21`.`u`,
        `t21`.`seq`,
        `t21`.`actual`,
        `t21`.`target`,
        `t21`.`is_exempt`,
        `t21`.`ratio` AS `x`,
        `t21`.`mark`,
        IF(
          (
            `t21`.`full_units` - `t21`.`mark`
          ) < CAST('0' AS DECIMAL(38, 0)),
          CAST('0' AS DECIMAL(38, 0)),
          `t21`.`full_units` - `t21`.`mark`
        ) AS `lost`,
        `t21`.`state`,
        CASE
          WHEN `t21`.`present`
          THEN CONCAT(
            CASE
              WHEN `t21`.`looks_at` = 'attainment'
              THEN CONCAT(
                '完成率 ',
                IF(
                  `t21`.`actual` < 0,
                  CONCAT('(', `t21`.`actual_text`, ')'),
                  `t21`.`actual_text`
                ),
                ' ÷ ',
                IF(`t21`.`other` < 0, CONCAT('(', `t21`.`other_text`, ')'), `t21`.`other_text`),
                IF(
                  (
                    `t21`.`ratio` * `t21`.`r`
                  ) = (
                    `t21`.`p` * CAST('1000000' AS DECIMAL(38, 0))
                  ),
                  ' = ',
                  ' ≈ '
                ),
                `t21`.`ratio_text`
              )
              WHEN `t21`.`looks_at` = 'actual'
              THEN CONCAT('实际值 ', `t21`.`actual_text`)
              WHEN `t21`.`looks_at` = 'difference'
              THEN CONCAT(
                '差值 ',
                IF(
                  `t21`.`actual` < 0,
                  CONCAT('(', `t21`.`actual_text`, ')'),
                  `t21`.`actual_text`
                ),
                ' − ',
                IF(`t21`.`other` < 0, CONCAT('(', `t21`.`other_text`, ')'), `t21`.`other_text`),
                IF(
                  (
                    `t21`.`ratio` * `t21`.`r`
                  ) = (
                    `t21`.`p` * CAST('1000000' AS DECIMAL(38, 0))
                  ),
                  ' = ',
                  ' ≈ '
                ),
                `t21`.`ratio_text`
              )
              WHEN `t21`.`looks_at` IN ('deviation', 'growth')
              THEN CONCAT(
                CASE WHEN `t21`.`looks_at` = 'deviation' THEN '偏差率 [' ELSE '增长率 [' END,
                IF(
                  `t21`.`actual` < 0,
                  CONCAT('(', `t21`.`actual_text`, ')'),
                  `t21`.`actual_text`
                ),
                ' − ',
                IF(`t21`.`other` < 0, CONCAT('(', `t21`.`other_text`, ')'), `t21`.`other_text`),
                '] ÷ |',
                `t21`.`other_text`,
                '|',
                IF(
                  (
                    `t21`.`ratio` * `t21`.`r`
                  ) = (
                    `t21`.`p` * CAST('1000000' AS DECIMAL(38, 0))
                  ),
                  ' = ',
                  ' ≈ '
                ),
                `t21`.`ratio_text`
              )
              ELSE ''
            END,
            `t21`.`text1`,
            CASE WHEN NOT (
              `t21`.`has_x`
            ) THEN '' WHEN `t21`.`x_exact` THEN ' ' ELSE '约 ' END,
            `t21`.`x_text`,
            `t21`.`text2`,
            CASE WHEN NOT (
              `t21`.`has_y`
            ) THEN '' WHEN `t21`.`y_exact` THEN ' ' ELSE '约 ' END,
            `t21`.`y_text`,
            `t21`.`text3`,
            CASE
              WHEN `t21`.`again` = 'x'
              THEN `t21`.`x_text`
              WHEN `t21`.`again` = 'y'
              THEN `t21`.`y_text`
              ELSE ''
            END,
            `t21`.`text4`,
            CASE
              WHEN NOT (
                `t21`.`shows_mark`
              )
              THEN ''
              WHEN `t21`.`free` > `t21`.`high`
              THEN CONCAT(',超过上限 ', `t21`.`high_text`, ',按上限计 ', `t21`.`mark_text`)
              WHEN `t21`.`free` < `t21`.`low`
              THEN CONCAT(',低于下限 ', `t21`.`low_text`, ',按下限计 ', `t21`.`mark_text`)
              WHEN `t21`.`rounded`
              THEN CONCAT(' ≈ ', `t21`.`mark_text`)
              ELSE CONCAT(`t21`.`result`, `t21`.`mark_text`)
            END
          )
          WHEN `t21`.`is_veto`
          THEN '未报,按未发生计'
          ELSE CONCAT(
            CASE
              WHEN `t21`.`actual` IS NULL
              THEN '未报实际值'
              WHEN `t21`.`looks_at` IN ('attainment', 'deviation', 'difference')
              AND (
                `t21`.`target` IS NULL
              )
              THEN '没有目标值'
              WHEN `t21`.`looks_at` IN ('attainment', 'deviation', 'difference')
              THEN '目标值为 0,不能作除数'
              WHEN `t21`.`base` IS NULL
              THEN '没有对比基数'
              ELSE '对比基数为 0,不能作除数'
            END,
            CASE
              WHEN `t21`.`policy` = 'zero'
              THEN CONCAT(',按规定计 ', `t21`.`mark_text`)
              WHEN `t21`.`policy` = 'exempt'
              THEN ',按规定免考,所在维度按其余指标的满分折算'
              ELSE ',本项暂无得分,总分为暂定'
            END
          )
        END AS `said`
      FROM (
        SELECT
          `t20`.`u`,
          `t20`.`seq`,
          `t20`.`is_veto`,
          `t20`.`actual`,
          `t20`.`target`,
          `t20`.`base`,
          `t20`.`is_exempt`,
          `t20`.`present`,
          `t20`.`p`,
          `t20`.`r`,
          `t20`.`segment`,
          `t20`.`free`,
          `t20`.`mark`,
          `t20`.`state`,
          `t20`.`text1`,
          `t20`.`text2`,
          `t20`.`text3`,
          `t20`.`text4`,
          `t20`.`again`,
          `t20`.`result`,
          `t20`.`low_text`,
          `t20`.`high_text`,
          `t20`.`x_a`,
          `t20`.`x_b`,
          `t20`.`x_c`,
          `t20`.`y_a`,
          `t20`.`y_b`,
          `t20`.`y_c`,
          `t20`.`has_x`,
          `t20`.`has_y`,
          `t20`.`y_whole`,
          `t20`.`shows_mark`,
          `t20`.`low`,
          `t20`.`high`,
          `t20`.`looks_at`,
          `t20`.`policy`,
          `t20`.`full_units`,
          `t20`.`digits`,
          `t20`.`has_ratio`,
          `t20`.`x_n`,
          `t20`.`x_d`,
          `t20`.`y_n`,
          `t20`.`y_d`,
          `t20`.`ratio`,
          `t20`.`x_units`,
          `t20`.`y_units`,
          `t20`.`x_exact`,
          `t20`.`y_exact`,
          `t20`.`other`,
          `t20`.`x_text`,
          `t20`.`y_text`,
          `t20`.`actual_text`,
          `t20`.`other_text`,
          `t20`.`ratio_text`,
          `t20`.`mark_text`,
          (
            (
              `t20`.`again` = 'x'
            ) AND NOT (
              `t20`.`x_exact`
            )
          )
          OR (
            (
              `t20`.`again` = 'y'
            ) AND NOT (
              `t20`.`y_exact`
            )
          ) AS `rounded`
        FROM (
          SELECT
            `t19`.`u`,
            `t19`.`seq`,
            `t19`.`is_veto`,
            `t19`.`actual`,
            `t19`.`target`,
            `t19`.`base`,
            `t19`.`is_exempt`,
            `t19`.`present`,
            `t19`.`p`,
            `t19`.`r`,
            `t19`.`segment`,
            `t19`.`free`,
            `t19`.`mark`,
            `t19`.`state`,
            `t19`.`text1`,
            `t19`.`text2`,
            `t19`.`text3`,
            `t19`.`text4`,
            `t19`.`again`,
            `t19`.`result`,
            `t19`.`low_text`,
            `t19`.`high_text`,
            `t19`.`x_a`,
            `t19`.`x_b`,
            `t19`.`x_c`,
            `t19`.`y_a`,
            `t19`.`y_b`,
            `t19`.`y_c`,
            `t19`.`has_x`,
            `t19`.`has_y`,
            `t19`.`y_whole`,
            `t19`.`shows_mark`,
            `t19`.`low`,
            `t19`.`high`,
            `t19`.`looks_at`,
            `t19`.`policy`,
            `t19`.`full_units`,
            `t19`.`digits`,
            `t19`.`has_ratio`,
            `t19`.`x_n`,
            `t19`.`x_d`,
            `t19`.`y_n`,
            `t19`.`y_d`,
            `t19`.`ratio`,
            `t19`.`x_units`,
            `t19`.`y_units`,
            `t19`.`x_exact`,
            `t19`.`y_exact`,
            `t19`.`other`,
            `t19`.`x_text`,
            `t19`.`y_text`,
            RONGHE_MICRO_TEXT(`t19`.`actual`) AS `actual_text`,
            RONGHE_MICRO_TEXT(`t19`.`other`) AS `other_text`,
            RONGHE_MICRO_TEXT(`t19`.`ratio`) AS `ratio_text`,
            RONGHE_MARK_TEXT(`t19`.`mark`, `t19`.`digits`) AS `mark_text`
          FROM (
            SELECT
              `t18`.`u`,
              `t18`.`seq`,
              `t18`.`is_veto`,
              `t18`.`actual`,
              `t18`.`target`,
              `t18`.`base`,
              `t18`.`is_exempt`,
              `t18`.`present`,
              `t18`.`p`,
              `t18`.`r`,
              `t18`.`segment`,
              `t18`.`free`,
              `t18`.`mark`,
              `t18`.`state`,
              `t18`.`text1`,
              `t18`.`text2`,
              `t18`.`text3`,
              `t18`.`text4`,
              `t18`.`again`,
              `t18`.`result`,
              `t18`.`low_text`,
              `t18`.`high_text`,
              `t18`.`x_a`,
              `t18`.`x_b`,
              `t18`.`x_c`,
              `t18`.`y_a`,
              `t18`.`y_b`,
              `t18`.`y_c`,
              `t18`.`has_x`,
              `t18`.`has_y`,
              `t18`.`y_whole`,
              `t18`.`shows_mark`,
              `t18`.`low`,
              `t18`.`high`,
              `t18`.`looks_at`,
              `t18`.`policy`,
              `t18`.`full_units`,
              `t18`.`digits`,
              `t18`.`has_ratio`,
              `t18`.`x_n`,
              `t18`.`x_d`,
              `t18`.`y_n`,
              `t18`.`y_d`,
              `t18`.`ratio`,
              `t18`.`x_units`,
              `t18`.`y_units`,
              `t18`.`x_exact`,
              `t18`.`y_exact`,
              CASE
                WHEN `t18`.`looks_at` IN ('attainment', 'deviation', 'difference')
                THEN `t18`.`target`
                WHEN `t18`.`looks_at` = 'growth'
                THEN `t18`.`base`
                ELSE CAST(NULL AS DECIMAL(38, 0))
              END AS `other`,
              IF(`t18`.`has_x`, RONGHE_MICRO_TEXT(`t18`.`x_units`), '') AS `x_text`,
              IF(`t18`.`has_y`, RONGHE_MICRO_TEXT(`t18`.`y_units`), '') AS `y_text`
            FROM (
              SELECT
                `t17`.`u`,
                `t17`.`seq`,
                `t17`.`is_veto`,
                `t17`.`actual`,
                `t17`.`target`,
                `t17`.`base`,
                `t17`.`is_exempt`,
                `t17`.`present`,
                `t17`.`p`,
                `t17`.`r`,
                `t17`.`segment`,
                `t17`.`free`,
                `t17`.`mark`,
                `t17`.`state`,
                `t17`.`text1`,
                `t17`.`text2`,
                `t17`.`text3`,
                `t17`.`text4`,
                `t17`.`again`,
                `t17`.`result`,
                `t17`.`low_text`,
                `t17`.`high_text`,
                `t17`.`x_a`,
                `t17`.`x_b`,
                `t17`.`x_c`,
                `t17`.`y_a`,
                `t17`.`y_b`,
                `t17`.`y_c`,
                `t17`.`has_x`,
                `t17`.`has_y`,
                `t17`.`y_whole`,
                `t17`.`shows_mark`,
                `t17`.`low`,
                `t17`.`high`,
                `t17`.`looks_at`,
                `t17`.`policy`,
                `t17`.`full_units`,
                `t17`.`digits`,
                `t17`.`has_ratio`,
                `t17`.`x_n`,
                `t17`.`x_d`,
                `t17`.`y_n`,
                `t17`.`y_d`,
                `t17`.`ratio`,
                `t17`.`x_units`,
                `t17`.`y_units`,
                NOT (
                  `t17`.`has_x`
                )
                OR (
                  (
                    `t17`.`x_units` * `t17`.`x_d`
                  ) = `t17`.`x_n`
                ) AS `x_exact`,
                NOT (
                  `t17`.`has_y`
                )
                OR `t17`.`y_whole`
                OR (
                  (
                    `t17`.`y_units` * `t17`.`y_d`
                  ) = (
                    `t17`.`y_n` * CAST('1000000' AS DECIMAL(38, 0))
                  )
                ) AS `y_exact`
              FROM (
                SELECT
                  `t16`.`u`,
                  `t16`.`seq`,
                  `t16`.`is_veto`,
                  `t16`.`actual`,
                  `t16`.`target`,
                  `t16`.`base`,
                  `t16`.`is_exempt`,
                  `t16`.`present`,
                  `t16`.`p`,
                  `t16`.`r`,
                  `t16`.`segment`,
                  `t16`.`free`,
                  `t16`.`mark`,
                  `t16`.`state`,
                  `t16`.`text1`,
                  `t16`.`text2`,
                  `t16`.`text3`,
                  `t16`.`text4`,
                  `t16`.`again`,
                  `t16`.`result`,
                  `t16`.`low_text`,
                  `t16`.`high_text`,
                  `t16`.`x_a`,
                  `t16`.`x_b`,
                  `t16`.`x_c`,
                  `t16`.`y_a`,
                  `t16`.`y_b`,
                  `t16`.`y_c`,
                  `t16`.`has_x`,
                  `t16`.`has_y`,
                  `t16`.`y_whole`,
                  `t16`.`shows_mark`,
                  `t16`.`low`,
                  `t16`.`high`,
                  `t16`.`looks_at`,
                  `t16`.`policy`,
                  `t16`.`full_units`,
                  `t16`.`digits`,
                  `t16`.`has_ratio`,
                  `t16`.`x_n`,
                  `t16`.`x_d`,
                  `t16`.`y_n`,
                  `t16`.`y_d`,
                  IF(
                    `t16`.`has_ratio`,
                    RONGHE_QUOTIENT(
                      (
                        ABS(`t16`.`p` * CAST('1000000' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                      ) + `t16`.`r`,
                      `t16`.`r` * CAST('2' AS DECIMAL(38, 0))
                    ) * IF(
                      (
                        `t16`.`p` * CAST('1000000' AS DECIMAL(38, 0))
                      ) < 0,
                      CAST('-1' AS DECIMAL(38, 0)),
                      CAST('1' AS DECIMAL(38, 0))
                    ),
                    CAST(NULL AS DECIMAL(38, 0))
                  ) AS `ratio`,
                  IF(
                    `t16`.`has_x`,
                    RONGHE_QUOTIENT(
                      (
                        ABS(`t16`.`x_n`) * CAST('2' AS DECIMAL(38, 0))
                      ) + `t16`.`x_d`,
                      `t16`.`x_d` * CAST('2' AS DECIMAL(38, 0))
                    ) * IF(`t16`.`x_n` < 0, CAST('-1' AS DECIMAL(38, 0)), CAST('1' AS DECIMAL(38, 0))),
                    CAST('0' AS DECIMAL(38, 0))
                  ) AS `x_units`,
                  CASE
                    WHEN NOT (
                      `t16`.`has_y`
                    )
                    THEN CAST('0' AS DECIMAL(38, 0))
                    WHEN `t16`.`y_whole`
                    THEN RONGHE_QUOTIENT(`t16`.`y_n`, `t16`.`y_d`) * CAST('1000000' AS DECIMAL(38, 0))
                    ELSE RONGHE_QUOTIENT(
                      (
                        ABS(`t16`.`y_n` * CAST('1000000' AS DECIMAL(38, 0))) * CAST('2' AS DECIMAL(38, 0))
                      ) + `t16`.`y_d`,
                      `t16`.`y_d` * CAST('2' AS DECIMAL(38, 0))
                    ) * IF(
                      (
                        `t16`.`y_n` * CAST('1000000' AS DECIMAL(38, 0))
                      ) < 0,
                      CAST('-1' AS DECIMAL(38, 0)),
                      CAST('1' AS DECIMAL(38, 0))
                    )
                  END AS `y_units`
                FROM (
                  SELECT
                    `t15`.`u`,
                    `t15`.`seq`,
                    `t15`.`is_veto`,
                    `t15`.`actual`,
                    `t15`.`target`,
                    `t15`.`base`,
                    `t15`.`is_exempt`,
                    `t15`.`present`,
                    `t15`.`p`,
                    `t15`.`r`,
                    `t15`.`segment`,
                    `t15`.`free`,
                    `t15`.`mark`,
                    `t15`.`state`,
                    `t15`.`text1`,
                    `t15`.`text2`,
                    `t15`.`text3`,
                    `t15`.`text4`,
                    `t15`.`again`,
                    `t15`.`result`,
                    `t15`.`low_text`,
                    `t15`.`high_text`,
                    `t15`.`x_a`,
                    `t15`.`x_b`,
                    `t15`.`x_c`,
                    `t15`.`y_a`,
                    `t15`.`y_b`,
                    `t15`.`y_c`,
                    `t15`.`has_x`,
                    `t15`.`has_y`,
                    `t15`.`y_whole`,
                    `t15`.`shows_mark`,
                    `t15`.`low`,
                    `t15`.`high`,
                    `t15`.`looks_at`,
                    `t15`.`policy`,
                    `t15`.`full_units`,
                    `t15`.`digits`,
                    `t15`.`present` AND NOT (
                      `t15`.`looks_at` IN ('count', 'mark')
                    ) AS `has_ratio`,
                    ABS((
                      `t15`.`x_a` * `t15`.`p`
                    ) + (
                      `t15`.`x_b` * `t15`.`r`
                    )) * CAST('1000000' AS DECIMAL(38, 0)) AS `x_n`,
                    `t15`.`x_c` * `t15`.`r` AS `x_d`,
                    ABS((
                      `t15`.`y_a` * `t15`.`p`
                    ) + (
                      `t15`.`y_b` * `t15`.`r`
                    )) AS `y_n`,
                    `t15`.`y_c` * `t15`.`r` AS `y_d`
                  FROM (
                    SELECT
                      `t10`.`u`,
                      `t10`.`seq`,
                      `t10`.`is_veto`,
                      `t10`.`actual`,
                      `t10`.`target`,
                      `t10`.`base`,
                      `t10`.`is_exempt`,
                      `t10`.`present`,
                      `t10`.`p`,
                      `t10`.`r`,
                      `t10`.`segment`,
                      `t10`.`free`,
                      `t10`.`mark`,
                      `t10`.`state`,
                      `t14`.`text1`,
                      `t14`.`text2`,
                      `t14`.`text3`,
                      `t14`.`text4`,
                      `t14`.`again`,
                      `t14`.`result`,
                      `t14`.`low_text`,
                      `t14`.`high_text`,
                      `t14`.`x_a`,
                      `t14`.`x_b`,
                      `t14`.`x_c`,
                      `t14`.`y_a`,
                      `t14`.`y_b`,
                      `t14`.`y_c`,
                      `t14`.`has_x`,
                      `t14`.`has_y`,
                      `t14`.`y_whole`,
                      `t14`.`shows_mark`,
                      `t14`.`low`,
                      `t14`.`high`,
                      `t14`.`looks_at`,
                      `t14`.`policy`,
                      `t14`.`full_units`,
                      `t14`.`digits`
                    FROM (
                      SELECT
                        `t1`.`u`,
                        `t1`.`seq`,
                        `t1`.`is_veto`,
                        `t1`.`actual`,
                        `t1`.`target`,
                        `t1`.`base`,
                        `t1`.`is_exempt`,
                        `t1`.`present`,
                        `t1`.`p`,
                        `t1`.`r`,
                        `t1`.`segment`,
                        `t1`.`free`,
                        `t1`.`mark`,
                        `t1`.`state`
                      FROM `marked` AS `t1`
                    ) AS `t10`
                    INNER JOIN (
                      SELECT
                        `t6`.`seq`,
                        `t6`.`present`,
                        `t6`.`segment`,
                        `t6`.`text1`,
                        `t6`.`text2`,
                        `t6`.`text3`,
                        `t6`.`text4`,
                        `t6`.`again`,
                        `t6`.`result`,
                        `t6`.`low_text`,
                        `t6`.`high_text`,
                        `t6`.`x_a`,
                        `t6`.`x_b`,
                        `t6`.`x_c`,
                        `t6`.`y_a`,
                        `t6`.`y_b`,
                        `t6`.`y_c`,
                        `t6`.`has_x`,
                        `t6`.`has_y`,
                        `t6`.`y_whole`,
                        `t6`.`shows_mark`,
                        `t11`.`low`,
                        `t11`.`high`,
                        `t12`.`looks_at`,
                        `t12`.`policy`,
                        `t12`.`full_units`,
                        `t12`.`digits`
                      FROM `sentences` AS `t6`
                      INNER JOIN (
                        SELECT
                          `t3`.`seq`,
                          `t3`.`present`,
                          `t3`.`segment`,
                          `t3`.`low`,
                          `t3`.`high`
                        FROM `segments` AS `t3`
                      ) AS `t11`
                        ON `t6`.`seq` = `t11`.`seq`
                        AND `t6`.`present` = `t11`.`present`
                        AND `t6`.`segment` = `t11`.`segment`
                      INNER JOIN (
                        SELECT
                          `t4`.`seq`,
                          `t4`.`looks_at`,
                          `t4`.`policy`,
                          `t4`.`full_units`,
                          `t4`.`digits`
                        FROM `rules` AS `t4`
                      ) AS `t12`
                        ON `t6`.`seq` = `t12`.`seq`
                    ) AS `t14`
                      ON `t10`.`seq` = `t14`.`seq`
                      AND `t10`.`present` = `t14`.`present`
                      AND `t10`.`segment` = `t14`.`segment`
                  ) AS `t15`
                ) AS `t16`
              ) AS `t17`
            ) AS `t18`
          ) AS `t19`
        ) AS `t20`
      ) AS `t21`
    ) AS `t23`
    LEFT OUTER JOIN `notes` AS `t5`
      ON `t23`.`u` = `t5`.`u` AND `t23`.`seq` = `t5`.`seq`
  ) AS `t24`
) AS `t25`

-- step dimension_reasons
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

-- step veto_reasons
SELECT
  `t9`.`u`,
  `t9`.`seq`,
  CASE
    WHEN (
      `t9`.`state` IS NULL
    ) OR (
      `t9`.`state` = 2
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

-- step totals
SELECT
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

-- step places
SELECT
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

-- step gaps
WITH `t5` AS (
  SELECT
    *
  FROM `marked` AS `t1`
  WHERE
    NOT (
      `t1`.`is_veto`
    )
)
SELECT
  `t20`.`u`,
  `t20`.`seq`,
  `t20`.`mark`,
  IF(
    (
      `t20`.`full_units` - `t20`.`mark`
    ) < CAST('0' AS DECIMAL(38, 0)),
    CAST('0' AS DECIMAL(38, 0)),
    `t20`.`full_units` - `t20`.`mark`
  ) AS `lost`,
  `t20`.`target` - `t20`.`actual` AS `to_target`,
  `t20`.`leading`,
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
  `t20`.`needed` AS `needed_actual`
FROM (
  SELECT
    `t19`.`u`,
    `t19`.`seq`,
    `t19`.`mark`,
    `t19`.`full_units`,
    `t19`.`actual`,
    `t19`.`target`,
    `t19`.`best`,
    `t19`.`mark_total`,
    `t19`.`marked`,
    `t19`.`leading`,
    `t3`.`needed`
  FROM (
    SELECT
      `t17`.`u`,
      `t17`.`seq`,
      `t17`.`mark`,
      `t17`.`actual`,
      `t17`.`target`,
      `t17`.`best`,
      `t17`.`mark_total`,
      `t17`.`marked`,
      `t17`.`leading`,
      `t17`.`full_units`
    FROM (
      SELECT
        `t9`.`u`,
        `t9`.`seq`,
        `t9`.`g`,
        `t9`.`mark`,
        `t9`.`actual`,
        `t9`.`target`,
        `t16`.`best`,
        `t16`.`mark_total`,
        `t16`.`marked`,
        `t16`.`leading`,
        `t16`.`full_units`
      FROM (
        SELECT
          `t7`.`u`,
          `t7`.`seq`,
          `t7`.`g`,
          `t7`.`mark`,
          `t7`.`actual`,
          `t7`.`target`
        FROM `t5` AS `t7`
      ) AS `t9`
      INNER JOIN (
        SELECT
          `t14`.`g`,
          `t14`.`seq`,
          `t14`.`best`,
          `t14`.`mark_total`,
          `t14`.`marked`,
          `t14`.`leading`,
          `t6`.`full_units`
        FROM (
          SELECT
            `t12`.`g`,
            `t12`.`seq`,
            `t12`.`best`,
            `t12`.`mark_total`,
            `t12`.`marked`,
            `t12`.`leading`
          FROM (
            SELECT
              `t11`.`g`,
              `t11`.`seq`,
              `t11`.`first`,
              `t11`.`mark_total`,
              `t11`.`marked`,
              `t11`.`best`,
              CAST((
                `t11`.`best` * CAST('2147483648' AS DECIMAL(38, 0))
              ) - `t11`.`first` AS BIGINT) AS `leading`
            FROM (
              SELECT
                `t10`.`g`,
                `t10`.`seq`,
                `t10`.`first`,
                `t10`.`mark_total`,
                `t10`.`marked`,
                -(
                  RONGHE_QUOTIENT(
                    ABS(-(
                      `t10`.`first`
                    )) + IF(
                      -(
                        `t10`.`first`
                      ) < 0,
                      CAST('2147483648' AS DECIMAL(38, 0)) - CAST('1' AS DECIMAL(38, 0)),
                      CAST('0' AS DECIMAL(38, 0))
                    ),
                    CAST('2147483648' AS DECIMAL(38, 0))
                  ) * IF(-(
                    `t10`.`first`
                  ) < 0, CAST('-1' AS DECIMAL(38, 0)), CAST('1' AS DECIMAL(38, 0)))
                ) AS `best`
              FROM (
                SELECT
                  `t7`.`g`,
                  `t7`.`seq`,
                  MAX(
                    (
                      `t7`.`mark` * CAST('2147483648' AS DECIMAL(38, 0))
                    ) - CAST(`t7`.`u` AS DECIMAL(38, 0))
                  ) AS `first`,
                  CAST(SUM(`t7`.`mark`) AS DECIMAL(38, 0)) AS `mark_total`,
                  COUNT(`t7`.`mark`) AS `marked`
                FROM `t5` AS `t7`
                GROUP BY
                  1,
                  2
              ) AS `t10`
            ) AS `t11`
          ) AS `t12`
        ) AS `t14`
        INNER JOIN (
          SELECT
            `t2`.`seq`,
            `t2`.`full_units`
          FROM `rules` AS `t2`
        ) AS `t6`
          ON `t14`.`seq` = `t6`.`seq`
      ) AS `t16`
        ON `t9`.`g` = `t16`.`g` AND `t9`.`seq` = `t16`.`seq`
    ) AS `t17`
  ) AS `t19`
  LEFT OUTER JOIN `needed` AS `t3`
    ON `t19`.`u` = `t3`.`u` AND `t19`.`seq` = `t3`.`seq`
) AS `t20`

-- step named_marks
SELECT
  `t6`.`period`,
  `t6`.`track`,
  `t6`.`unit`,
  `t7`.`dimension`,
  `t7`.`indicator`,
  `t3`.`actual`,
  `t3`.`target`,
  `t3`.`x`,
  `t3`.`mark`,
  `t3`.`lost`,
  `t3`.`because`,
  `t3`.`u`,
  `t3`.`seq`,
  `t7`.`full_units` AS `full`,
  CASE
    WHEN `t3`.`state` = 0
    THEN 'ok'
    WHEN `t3`.`state` = 1
    THEN 'missing'
    WHEN `t3`.`state` = 2
    THEN 'exempt'
    WHEN `t3`.`state` = 3
    THEN 'veto'
    ELSE NULL
  END AS `state`
FROM `marks` AS `t3`
INNER JOIN (
  SELECT
    `t1`.`u`,
    `t1`.`period`,
    `t1`.`track`,
    `t1`.`unit`
  FROM `units` AS `t1`
) AS `t6`
  ON `t3`.`u` = `t6`.`u`
INNER JOIN (
  SELECT
    `t2`.`seq`,
    `t2`.`dimension`,
    `t2`.`indicator`,
    `t2`.`full_units`
  FROM `rules` AS `t2`
) AS `t7`
  ON `t3`.`seq` = `t7`.`seq`

-- step named_totals
SELECT
  `t4`.`period`,
  `t4`.`track`,
  `t4`.`unit`,
  `t2`.`u`,
  `t2`.`total`,
  `t2`.`final`,
  `t2`.`missing`,
  `t2`.`vetoed`,
  `t2`.`reason`
FROM `totals` AS `t2`
INNER JOIN (
  SELECT
    `t1`.`u`,
    `t1`.`period`,
    `t1`.`track`,
    `t1`.`unit`
  FROM `units` AS `t1`
) AS `t4`
  ON `t2`.`u` = `t4`.`u`

-- step named_places
SELECT
  `t4`.`period`,
  `t4`.`track`,
  `t4`.`unit`,
  `t2`.`u`,
  `t2`.`total`,
  `t2`.`place`,
  `t2`.`peers`,
  `t2`.`tied`,
  `t2`.`to_next`,
  `t2`.`because`
FROM `places` AS `t2`
INNER JOIN (
  SELECT
    `t1`.`u`,
    `t1`.`period`,
    `t1`.`track`,
    `t1`.`unit`
  FROM `units` AS `t1`
) AS `t4`
  ON `t2`.`u` = `t4`.`u`

-- step named_gaps
SELECT
  `t7`.`period`,
  `t7`.`track`,
  `t7`.`unit`,
  `t9`.`indicator`,
  `t3`.`mark`,
  `t3`.`lost`,
  `t3`.`to_target`,
  `t8`.`leader`,
  `t3`.`to_leader`,
  `t3`.`to_mean`,
  `t3`.`needed_actual`,
  `t3`.`u`,
  `t3`.`seq`
FROM `gaps` AS `t3`
INNER JOIN (
  SELECT
    `t1`.`u`,
    `t1`.`period`,
    `t1`.`track`,
    `t1`.`unit`
  FROM `units` AS `t1`
) AS `t7`
  ON `t3`.`u` = `t7`.`u`
INNER JOIN (
  SELECT
    `t2`.`seq`,
    `t2`.`indicator`
  FROM `rules` AS `t2`
) AS `t9`
  ON `t3`.`seq` = `t9`.`seq`
LEFT OUTER JOIN (
  SELECT
    `t1`.`u` AS `leading`,
    `t1`.`unit` AS `leader`
  FROM `units` AS `t1`
) AS `t8`
  ON `t3`.`leading` = `t8`.`leading`
