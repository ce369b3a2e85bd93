-- Written by `python -m ronghe.scoring.compile` from the Ibis expressions. Do not edit.

-- step marked
WITH "t15" AS (
  SELECT
    "t14"."period",
    "t14"."track",
    "t14"."unit"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t12"."period",
        "t12"."track",
        "t12"."unit",
        "t12"."present_rows",
        "t11"."wanted_rows"
      FROM (
        SELECT
          "t2"."period",
          "t2"."track",
          "t2"."unit",
          COUNT(*) AS "present_rows"
        FROM "figures" AS "t2"
        GROUP BY
          1,
          2,
          3
      ) AS "t12"
      INNER JOIN (
        SELECT
          "t1"."track",
          COUNT(*) AS "wanted_rows"
        FROM "items" AS "t1"
        GROUP BY
          1
      ) AS "t11"
        ON "t12"."track" = "t11"."track"
    ) AS "t13"
    WHERE
      "t13"."present_rows" < "t13"."wanted_rows"
  ) AS "t14"
)
SELECT
  "t40"."period",
  "t40"."track",
  "t40"."unit",
  "t40"."indicator",
  "t40"."seq",
  "t40"."dimension",
  "t40"."is_veto",
  "t40"."actual",
  "t40"."target",
  "t40"."base",
  "t40"."exempt",
  "t40"."target_note",
  "t40"."looks_at",
  "t40"."policy",
  "t40"."present",
  "t40"."p",
  "t40"."r",
  "t40"."segment",
  "t40"."free",
  "t40"."low",
  "t40"."high",
  "t40"."mark",
  "t40"."state",
  "t40"."strikes",
  "t40"."full_units",
  "t40"."full_scaled",
  "t40"."grid",
  "t40"."counts",
  "t40"."effect",
  "t40"."limit_units",
  "t40"."digits",
  "t40"."mark_unit"
FROM (
  SELECT
    "t39"."period",
    "t39"."track",
    "t39"."unit",
    "t39"."indicator",
    "t39"."actual",
    "t39"."target",
    "t39"."base",
    "t39"."exempt",
    "t39"."target_note",
    "t39"."seq",
    "t39"."dimension",
    "t39"."looks_at",
    "t39"."is_veto",
    "t39"."policy",
    "t39"."full_units",
    "t39"."full_scaled",
    "t39"."grid",
    "t39"."counts",
    "t39"."effect",
    "t39"."limit_units",
    "t39"."is_exempt",
    "t39"."present",
    "t39"."p",
    "t39"."r",
    "t39"."indicator_right",
    "t39"."present_right",
    "t39"."segment",
    "t39"."lo_n",
    "t39"."lo_d",
    "t39"."hi_n",
    "t39"."hi_d",
    "t39"."a",
    "t39"."b",
    "t39"."c",
    "t39"."whole",
    "t39"."u",
    "t39"."v",
    "t39"."w",
    "t39"."low",
    "t39"."high",
    "t39"."strikes",
    "t39"."digits",
    "t39"."mark_unit",
    "t39"."line_n",
    "t39"."line_d",
    "t39"."steps",
    "t39"."mark_n",
    "t39"."mark_d",
    "t39"."free",
    "t39"."state",
    CASE
      WHEN (
        "t39"."state" = 'exempt'
      )
      OR (
        (
          "t39"."state" = 'missing'
        ) AND (
          "t39"."policy" = 'unplaced'
        )
      )
      THEN CAST(NULL AS DECIMAL(38, 0))
      ELSE CASE
        WHEN CASE WHEN "t39"."free" > "t39"."high" THEN "t39"."high" ELSE "t39"."free" END < "t39"."low"
        THEN "t39"."low"
        ELSE CASE WHEN "t39"."free" > "t39"."high" THEN "t39"."high" ELSE "t39"."free" END
      END
    END AS "mark"
  FROM (
    SELECT
      "t38"."period",
      "t38"."track",
      "t38"."unit",
      "t38"."indicator",
      "t38"."actual",
      "t38"."target",
      "t38"."base",
      "t38"."exempt",
      "t38"."target_note",
      "t38"."seq",
      "t38"."dimension",
      "t38"."looks_at",
      "t38"."is_veto",
      "t38"."policy",
      "t38"."full_units",
      "t38"."full_scaled",
      "t38"."grid",
      "t38"."counts",
      "t38"."effect",
      "t38"."limit_units",
      "t38"."is_exempt",
      "t38"."present",
      "t38"."p",
      "t38"."r",
      "t38"."indicator_right",
      "t38"."present_right",
      "t38"."segment",
      "t38"."lo_n",
      "t38"."lo_d",
      "t38"."hi_n",
      "t38"."hi_d",
      "t38"."a",
      "t38"."b",
      "t38"."c",
      "t38"."whole",
      "t38"."u",
      "t38"."v",
      "t38"."w",
      "t38"."low",
      "t38"."high",
      "t38"."strikes",
      "t38"."digits",
      "t38"."mark_unit",
      "t38"."line_n",
      "t38"."line_d",
      "t38"."steps",
      "t38"."mark_n",
      "t38"."mark_d",
      "t38"."free",
      CASE
        WHEN "t38"."is_exempt"
        THEN 'exempt'
        WHEN "t38"."strikes"
        THEN 'veto'
        WHEN "t38"."present" OR "t38"."is_veto"
        THEN 'ok'
        WHEN "t38"."policy" = 'exempt'
        THEN 'exempt'
        ELSE 'missing'
      END AS "state"
    FROM (
      SELECT
        "t37"."period",
        "t37"."track",
        "t37"."unit",
        "t37"."indicator",
        "t37"."actual",
        "t37"."target",
        "t37"."base",
        "t37"."exempt",
        "t37"."target_note",
        "t37"."seq",
        "t37"."dimension",
        "t37"."looks_at",
        "t37"."is_veto",
        "t37"."policy",
        "t37"."full_units",
        "t37"."full_scaled",
        "t37"."grid",
        "t37"."counts",
        "t37"."effect",
        "t37"."limit_units",
        "t37"."is_exempt",
        "t37"."present",
        "t37"."p",
        "t37"."r",
        "t37"."indicator_right",
        "t37"."present_right",
        "t37"."segment",
        "t37"."lo_n",
        "t37"."lo_d",
        "t37"."hi_n",
        "t37"."hi_d",
        "t37"."a",
        "t37"."b",
        "t37"."c",
        "t37"."whole",
        "t37"."u",
        "t37"."v",
        "t37"."w",
        "t37"."low",
        "t37"."high",
        "t37"."strikes",
        "t37"."digits",
        "t37"."mark_unit",
        "t37"."line_n",
        "t37"."line_d",
        "t37"."steps",
        "t37"."mark_n",
        "t37"."mark_d",
        RONGHE_QUOTIENT(
          (
            ABS("t37"."mark_n") * CAST(2 AS DECIMAL(38, 0))
          ) + "t37"."mark_d",
          "t37"."mark_d" * CAST(2 AS DECIMAL(38, 0))
        ) * CASE
          WHEN "t37"."mark_n" < 0
          THEN CAST(-1 AS DECIMAL(38, 0))
          ELSE CAST(1 AS DECIMAL(38, 0))
        END AS "free"
      FROM (
        SELECT
          "t36"."period",
          "t36"."track",
          "t36"."unit",
          "t36"."indicator",
          "t36"."actual",
          "t36"."target",
          "t36"."base",
          "t36"."exempt",
          "t36"."target_note",
          "t36"."seq",
          "t36"."dimension",
          "t36"."looks_at",
          "t36"."is_veto",
          "t36"."policy",
          "t36"."full_units",
          "t36"."full_scaled",
          "t36"."grid",
          "t36"."counts",
          "t36"."effect",
          "t36"."limit_units",
          "t36"."is_exempt",
          "t36"."present",
          "t36"."p",
          "t36"."r",
          "t36"."indicator_right",
          "t36"."present_right",
          "t36"."segment",
          "t36"."lo_n",
          "t36"."lo_d",
          "t36"."hi_n",
          "t36"."hi_d",
          "t36"."a",
          "t36"."b",
          "t36"."c",
          "t36"."whole",
          "t36"."u",
          "t36"."v",
          "t36"."w",
          "t36"."low",
          "t36"."high",
          "t36"."strikes",
          "t36"."digits",
          "t36"."mark_unit",
          "t36"."line_n",
          "t36"."line_d",
          "t36"."steps",
          CASE
            WHEN "t36"."whole"
            THEN (
              "t36"."u" * "t36"."steps"
            ) + "t36"."v"
            ELSE "t36"."line_n"
          END * "t36"."mark_unit" AS "mark_n",
          CASE WHEN "t36"."whole" THEN "t36"."w" ELSE "t36"."line_d" END AS "mark_d"
        FROM (
          SELECT
            "t35"."period",
            "t35"."track",
            "t35"."unit",
            "t35"."indicator",
            "t35"."actual",
            "t35"."target",
            "t35"."base",
            "t35"."exempt",
            "t35"."target_note",
            "t35"."seq",
            "t35"."dimension",
            "t35"."looks_at",
            "t35"."is_veto",
            "t35"."policy",
            "t35"."full_units",
            "t35"."full_scaled",
            "t35"."grid",
            "t35"."counts",
            "t35"."effect",
            "t35"."limit_units",
            "t35"."is_exempt",
            "t35"."present",
            "t35"."p",
            "t35"."r",
            "t35"."indicator_right",
            "t35"."present_right",
            "t35"."segment",
            "t35"."lo_n",
            "t35"."lo_d",
            "t35"."hi_n",
            "t35"."hi_d",
            "t35"."a",
            "t35"."b",
            "t35"."c",
            "t35"."whole",
            "t35"."u",
            "t35"."v",
            "t35"."w",
            "t35"."low",
            "t35"."high",
            "t35"."strikes",
            "t35"."digits",
            "t35"."mark_unit",
            "t35"."line_n",
            "t35"."line_d",
            CASE
              WHEN "t35"."whole"
              THEN RONGHE_QUOTIENT(
                CASE
                  WHEN "t35"."line_n" < CAST(0 AS DECIMAL(38, 0))
                  THEN CAST(0 AS DECIMAL(38, 0))
                  ELSE "t35"."line_n"
                END,
                "t35"."line_d"
              )
              ELSE CAST(0 AS DECIMAL(38, 0))
            END AS "steps"
          FROM (
            SELECT
              "t34"."period",
              "t34"."track",
              "t34"."unit",
              "t34"."indicator",
              "t34"."actual",
              "t34"."target",
              "t34"."base",
              "t34"."exempt",
              "t34"."target_note",
              "t34"."seq",
              "t34"."dimension",
              "t34"."looks_at",
              "t34"."is_veto",
              "t34"."policy",
              "t34"."full_units",
              "t34"."full_scaled",
              "t34"."grid",
              "t34"."counts",
              "t34"."effect",
              "t34"."limit_units",
              "t34"."is_exempt",
              "t34"."present",
              "t34"."p",
              "t34"."r",
              "t34"."indicator_right",
              "t34"."present_right",
              "t34"."segment",
              "t34"."lo_n",
              "t34"."lo_d",
              "t34"."hi_n",
              "t34"."hi_d",
              "t34"."a",
              "t34"."b",
              "t34"."c",
              "t34"."whole",
              "t34"."u",
              "t34"."v",
              "t34"."w",
              "t34"."low",
              "t34"."high",
              "t34"."strikes",
              "t34"."digits",
              "t34"."mark_unit",
              (
                "t34"."a" * "t34"."p"
              ) + (
                "t34"."b" * "t34"."r"
              ) AS "line_n",
              "t34"."c" * "t34"."r" AS "line_d"
            FROM (
              SELECT
                "t33"."period",
                "t33"."track",
                "t33"."unit",
                "t33"."indicator",
                "t33"."actual",
                "t33"."target",
                "t33"."base",
                "t33"."exempt",
                "t33"."target_note",
                "t33"."seq",
                "t33"."dimension",
                "t33"."looks_at",
                "t33"."is_veto",
                "t33"."policy",
                "t33"."full_units",
                "t33"."full_scaled",
                "t33"."grid",
                "t33"."counts",
                "t33"."effect",
                "t33"."limit_units",
                "t33"."is_exempt",
                "t33"."present",
                "t33"."p",
                "t33"."r",
                "t3"."indicator" AS "indicator_right",
                "t3"."present" AS "present_right",
                "t3"."segment",
                "t3"."lo_n",
                "t3"."lo_d",
                "t3"."hi_n",
                "t3"."hi_d",
                "t3"."a",
                "t3"."b",
                "t3"."c",
                "t3"."whole",
                "t3"."u",
                "t3"."v",
                "t3"."w",
                "t3"."low",
                "t3"."high",
                "t3"."strikes",
                "t3"."digits",
                "t3"."mark_unit"
              FROM (
                SELECT
                  "t31".*
                  EXCLUDE ("raw_r")
                FROM (
                  SELECT
                    "t30".*
                    EXCLUDE ("raw_p")
                  FROM (
                    SELECT
                      "t29"."period",
                      "t29"."track",
                      "t29"."unit",
                      "t29"."indicator",
                      "t29"."actual",
                      "t29"."target",
                      "t29"."base",
                      "t29"."exempt",
                      "t29"."target_note",
                      "t29"."seq",
                      "t29"."dimension",
                      "t29"."looks_at",
                      "t29"."is_veto",
                      "t29"."policy",
                      "t29"."full_units",
                      "t29"."full_scaled",
                      "t29"."grid",
                      "t29"."counts",
                      "t29"."effect",
                      "t29"."limit_units",
                      "t29"."raw_p",
                      "t29"."raw_r",
                      "t29"."is_exempt",
                      "t29"."present",
                      CASE WHEN "t29"."present" THEN "t29"."raw_p" ELSE CAST(0 AS DECIMAL(38, 0)) END AS "p",
                      CASE WHEN "t29"."present" THEN "t29"."raw_r" ELSE CAST(1 AS DECIMAL(38, 0)) END AS "r"
                    FROM (
                      SELECT
                        "t28"."period",
                        "t28"."track",
                        "t28"."unit",
                        "t28"."indicator",
                        "t28"."actual",
                        "t28"."target",
                        "t28"."base",
                        "t28"."exempt",
                        "t28"."target_note",
                        "t28"."seq",
                        "t28"."dimension",
                        "t28"."looks_at",
                        "t28"."is_veto",
                        "t28"."policy",
                        "t28"."full_units",
                        "t28"."full_scaled",
                        "t28"."grid",
                        "t28"."counts",
                        "t28"."effect",
                        "t28"."limit_units",
                        "t28"."raw_p",
                        "t28"."raw_r",
                        "t28"."is_exempt",
                        COALESCE((
                          "t28"."raw_p" IS NOT NULL
                        ) AND (
                          "t28"."raw_r" > 0
                        ), FALSE)
                        AND NOT (
                          "t28"."is_exempt"
                        ) AS "present"
                      FROM (
                        SELECT
                          "t27"."period",
                          "t27"."track",
                          "t27"."unit",
                          "t27"."indicator",
                          "t27"."actual",
                          "t27"."target",
                          "t27"."base",
                          "t27"."exempt",
                          "t27"."target_note",
                          "t27"."seq",
                          "t27"."dimension",
                          "t27"."looks_at",
                          "t27"."is_veto",
                          "t27"."policy",
                          "t27"."full_units",
                          "t27"."full_scaled",
                          "t27"."grid",
                          "t27"."counts",
                          "t27"."effect",
                          "t27"."limit_units",
                          CASE
                            WHEN "t27"."looks_at" = 'attainment'
                            THEN CASE WHEN "t27"."target" < 0 THEN -(
                              "t27"."actual"
                            ) ELSE "t27"."actual" END
                            WHEN (
                              "t27"."looks_at" = 'deviation'
                            ) OR (
                              "t27"."looks_at" = 'difference'
                            )
                            THEN "t27"."actual" - "t27"."target"
                            WHEN "t27"."looks_at" = 'growth'
                            THEN "t27"."actual" - "t27"."base"
                            ELSE "t27"."actual"
                          END AS "raw_p",
                          CASE
                            WHEN (
                              "t27"."looks_at" = 'attainment'
                            ) OR (
                              "t27"."looks_at" = 'deviation'
                            )
                            THEN ABS("t27"."target")
                            WHEN "t27"."looks_at" = 'growth'
                            THEN ABS("t27"."base")
                            ELSE CAST(1000000 AS DECIMAL(38, 0))
                          END AS "raw_r",
                          "t27"."exempt" IS NOT NULL AS "is_exempt"
                        FROM (
                          SELECT
                            "t26"."period",
                            "t26"."track",
                            "t26"."unit",
                            "t26"."indicator",
                            CAST("t26"."actual" AS DECIMAL(38, 0)) AS "actual",
                            CAST("t26"."target" AS DECIMAL(38, 0)) AS "target",
                            CAST("t26"."base" AS DECIMAL(38, 0)) AS "base",
                            "t26"."exempt",
                            "t26"."target_note",
                            "t26"."seq",
                            "t26"."dimension",
                            "t26"."looks_at",
                            "t26"."is_veto",
                            "t26"."policy",
                            "t26"."full_units",
                            "t26"."full_scaled",
                            "t26"."grid",
                            "t26"."counts",
                            "t26"."effect",
                            "t26"."limit_units"
                          FROM (
                            SELECT
                              "t25"."period",
                              "t25"."track",
                              "t25"."unit",
                              "t25"."indicator",
                              "t25"."actual",
                              "t25"."target",
                              "t25"."base",
                              "t25"."exempt",
                              "t25"."target_note",
                              "t4"."seq",
                              "t4"."dimension",
                              "t4"."looks_at",
                              "t4"."is_veto",
                              "t4"."policy",
                              "t4"."full_units",
                              "t4"."full_scaled",
                              "t4"."grid",
                              "t4"."counts",
                              "t4"."effect",
                              "t4"."limit_units"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t2"."period",
                                  "t2"."track",
                                  "t2"."unit",
                                  "t2"."indicator",
                                  "t2"."actual",
                                  "t2"."target",
                                  "t2"."base",
                                  "t2"."exempt",
                                  "t2"."target_note"
                                FROM "figures" AS "t2"
                              ) AS "t8"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    "t21"."period",
                                    "t21"."track",
                                    "t21"."unit",
                                    "t21"."indicator",
                                    CAST(NULL AS DECIMAL(18, 0)) AS "actual",
                                    CAST(NULL AS DECIMAL(18, 0)) AS "target",
                                    CAST(NULL AS DECIMAL(18, 0)) AS "base",
                                    CAST(NULL AS TEXT) AS "exempt",
                                    CAST(NULL AS TEXT) AS "target_note"
                                  FROM (
                                    SELECT
                                      "t17"."period",
                                      "t17"."track",
                                      "t17"."unit",
                                      "t10"."indicator"
                                    FROM "t15" AS "t17"
                                    INNER JOIN (
                                      SELECT
                                        "t1"."track",
                                        "t1"."indicator"
                                      FROM "items" AS "t1"
                                    ) AS "t10"
                                      ON "t17"."track" = "t10"."track"
                                    ANTI JOIN (
                                      SELECT
                                        "t5"."unit",
                                        "t5"."track",
                                        "t5"."period",
                                        "t5"."indicator",
                                        "t5"."actual",
                                        "t5"."target",
                                        "t5"."base",
                                        "t5"."exempt",
                                        "t5"."target_note"
                                      FROM "figures" AS "t5"
                                      SEMI JOIN "t15" AS "t18"
                                        ON "t5"."period" = "t18"."period"
                                        AND "t5"."track" = "t18"."track"
                                        AND "t5"."unit" = "t18"."unit"
                                    ) AS "t20"
                                      ON "t17"."period" = "t20"."period"
                                      AND "t17"."track" = "t20"."track"
                                      AND "t17"."unit" = "t20"."unit"
                                      AND "t10"."indicator" = "t20"."indicator"
                                  ) AS "t21"
                                ) AS "t22"
                              ) AS "t23"
                            ) AS "t25"
                            INNER JOIN "items" AS "t4"
                              ON "t25"."track" = "t4"."track" AND "t25"."indicator" = "t4"."indicator"
                          ) AS "t26"
                        ) AS "t27"
                      ) AS "t28"
                    ) AS "t29"
                  ) AS "t30"
                ) AS "t31"
              ) AS "t33"
              INNER JOIN "segments" AS "t3"
                ON "t33"."indicator" = "t3"."indicator"
                AND "t33"."present" = "t3"."present"
                AND (
                  "t3"."lo_n" * "t33"."r"
                ) <= (
                  "t33"."p" * "t3"."lo_d"
                )
                AND (
                  "t33"."p" * "t3"."hi_d"
                ) < (
                  "t3"."hi_n" * "t33"."r"
                )
            ) AS "t34"
          ) AS "t35"
        ) AS "t36"
      ) AS "t37"
    ) AS "t38"
  ) AS "t39"
) AS "t40"

-- step summed
SELECT
  "t9"."period",
  "t9"."track",
  "t9"."unit",
  "t9"."dimension",
  "t9"."scored",
  "t9"."exempted",
  "t9"."mark_sum",
  "t9"."full_all",
  "t9"."full_left",
  "t9"."missing",
  "t9"."unplaced",
  "t9"."vetoed",
  "t9"."zeroing",
  "t9"."zeroing_total",
  "t9"."veto_limit",
  "t9"."cap",
  "t9"."scales",
  "t9"."left_out",
  "t9"."scaled",
  "t9"."capped",
  CASE
    WHEN (
      "t9"."zeroing" > 0
    ) AND NOT (
      "t9"."left_out"
    )
    THEN CAST(0 AS DECIMAL(38, 0))
    ELSE "t9"."capped"
  END AS "subtotal"
FROM (
  SELECT
    "t8"."period",
    "t8"."track",
    "t8"."unit",
    "t8"."dimension",
    "t8"."scored",
    "t8"."exempted",
    "t8"."mark_sum",
    "t8"."full_all",
    "t8"."full_left",
    "t8"."missing",
    "t8"."unplaced",
    "t8"."vetoed",
    "t8"."zeroing",
    "t8"."zeroing_total",
    "t8"."veto_limit",
    "t8"."cap",
    "t8"."scales",
    "t8"."left_out",
    "t8"."scaled",
    CASE
      WHEN "t8"."cap" IS NOT NULL
      THEN CASE
        WHEN "t8"."scaled" > COALESCE("t8"."cap", CAST(0 AS DECIMAL(38, 0)))
        THEN COALESCE("t8"."cap", CAST(0 AS DECIMAL(38, 0)))
        ELSE "t8"."scaled"
      END
      ELSE "t8"."scaled"
    END AS "capped"
  FROM (
    SELECT
      "t7"."period",
      "t7"."track",
      "t7"."unit",
      "t7"."dimension",
      "t7"."scored",
      "t7"."exempted",
      "t7"."mark_sum",
      "t7"."full_all",
      "t7"."full_left",
      "t7"."missing",
      "t7"."unplaced",
      "t7"."vetoed",
      "t7"."zeroing",
      "t7"."zeroing_total",
      "t7"."veto_limit",
      "t7"."cap",
      "t7"."scales",
      "t7"."left_out",
      CASE
        WHEN "t7"."left_out"
        THEN CAST(NULL AS DECIMAL(38, 0))
        ELSE CASE
          WHEN "t7"."scales"
          THEN RONGHE_QUOTIENT(
            (
              ABS("t7"."mark_sum" * "t7"."full_all") * CAST(2 AS DECIMAL(38, 0))
            ) + CASE
              WHEN "t7"."full_left" > 0
              THEN "t7"."full_left"
              ELSE CAST(1 AS DECIMAL(38, 0))
            END,
            CASE
              WHEN "t7"."full_left" > 0
              THEN "t7"."full_left"
              ELSE CAST(1 AS DECIMAL(38, 0))
            END * CAST(2 AS DECIMAL(38, 0))
          ) * CASE
            WHEN (
              "t7"."mark_sum" * "t7"."full_all"
            ) < 0
            THEN CAST(-1 AS DECIMAL(38, 0))
            ELSE CAST(1 AS DECIMAL(38, 0))
          END
          ELSE "t7"."mark_sum"
        END
      END AS "scaled"
    FROM (
      SELECT
        "t6"."period",
        "t6"."track",
        "t6"."unit",
        "t6"."dimension",
        "t6"."scored",
        "t6"."exempted",
        "t6"."mark_sum",
        "t6"."full_all",
        "t6"."full_left",
        "t6"."missing",
        "t6"."unplaced",
        "t6"."vetoed",
        "t6"."zeroing",
        "t6"."zeroing_total",
        "t6"."veto_limit",
        "t6"."cap",
        "t6"."full_all" <> "t6"."full_left" AS "scales",
        (
          "t6"."scored" = "t6"."exempted"
        )
        OR (
          (
            "t6"."full_all" <> "t6"."full_left"
          ) AND (
            "t6"."full_left" = 0
          )
        ) AS "left_out"
      FROM (
        SELECT
          "t5"."period",
          "t5"."track",
          "t5"."unit",
          "t5"."dimension",
          "t5"."scored",
          "t5"."exempted",
          "t5"."mark_sum",
          "t5"."full_all",
          "t5"."full_left",
          "t5"."missing",
          "t5"."unplaced",
          "t5"."vetoed",
          "t5"."zeroing",
          "t5"."zeroing_total",
          "t5"."veto_limit",
          "t3"."cap"
        FROM (
          SELECT
            "t0"."period",
            "t0"."track",
            "t0"."unit",
            "t0"."dimension",
            SUM(CAST(NOT (
              "t0"."is_veto"
            ) AS BIGINT)) AS "scored",
            SUM(CAST(NOT (
              "t0"."is_veto"
            ) AND (
              "t0"."state" = 'exempt'
            ) AS BIGINT)) AS "exempted",
            CAST(COALESCE(SUM("t0"."mark"), CAST(0 AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "mark_sum",
            CAST(SUM("t0"."full_scaled") AS DECIMAL(38, 0)) AS "full_all",
            CAST(SUM(
              CASE
                WHEN "t0"."state" = 'exempt'
                THEN CAST(0 AS DECIMAL(38, 0))
                ELSE "t0"."full_scaled"
              END
            ) AS DECIMAL(38, 0)) AS "full_left",
            SUM(CAST("t0"."state" = 'missing' AS BIGINT)) AS "missing",
            SUM(
              CAST((
                "t0"."state" = 'missing'
              ) AND (
                "t0"."policy" = 'unplaced'
              ) AS BIGINT)
            ) AS "unplaced",
            SUM(CAST("t0"."strikes" AS BIGINT)) AS "vetoed",
            SUM(CAST("t0"."strikes" AND (
              "t0"."effect" = 'zero_dimension'
            ) AS BIGINT)) AS "zeroing",
            SUM(CAST("t0"."strikes" AND (
              "t0"."effect" = 'zero_total'
            ) AS BIGINT)) AS "zeroing_total",
            MIN(
              CASE
                WHEN "t0"."strikes"
                THEN "t0"."limit_units"
                ELSE CAST(NULL AS DECIMAL(38, 0))
              END
            ) AS "veto_limit"
          FROM "marked" AS "t0"
          GROUP BY
            1,
            2,
            3,
            4
        ) AS "t5"
        INNER JOIN (
          SELECT
            "t1"."dimension",
            "t1"."cap"
          FROM "dimensions" AS "t1"
        ) AS "t3"
          ON "t5"."dimension" = "t3"."dimension"
      ) AS "t6"
    ) AS "t7"
  ) AS "t8"
) AS "t9"

-- step totalled
SELECT
  "t10"."period",
  "t10"."track",
  "t10"."unit",
  "t10"."kept",
  "t10"."dimension_sum",
  "t10"."total_full_all",
  "t10"."total_full_kept",
  "t10"."missing",
  "t10"."unplaced",
  "t10"."vetoed",
  "t10"."zeroing_total",
  "t10"."total_limit",
  "t10"."total_scales",
  "t10"."total_scaled",
  "t10"."digits",
  "t10"."mark_unit",
  "t10"."full_digits",
  "t10"."full_unit",
  "t10"."cap_units",
  "t10"."floor_units",
  "t10"."min_peers",
  "t10"."total_capped",
  "t10"."total_bounded",
  "t10"."total_limited",
  CASE
    WHEN (
      "t10"."zeroing_total" > 0
    ) AND (
      "t10"."kept" > 0
    )
    THEN CAST(0 AS DECIMAL(38, 0))
    ELSE "t10"."total_limited"
  END AS "total",
  (
    "t10"."kept" > 0
  ) AND (
    "t10"."unplaced" = 0
  ) AS "final"
FROM (
  SELECT
    "t9"."period",
    "t9"."track",
    "t9"."unit",
    "t9"."kept",
    "t9"."dimension_sum",
    "t9"."total_full_all",
    "t9"."total_full_kept",
    "t9"."missing",
    "t9"."unplaced",
    "t9"."vetoed",
    "t9"."zeroing_total",
    "t9"."total_limit",
    "t9"."total_scales",
    "t9"."total_scaled",
    "t9"."digits",
    "t9"."mark_unit",
    "t9"."full_digits",
    "t9"."full_unit",
    "t9"."cap_units",
    "t9"."floor_units",
    "t9"."min_peers",
    "t9"."total_capped",
    "t9"."total_bounded",
    CASE
      WHEN "t9"."total_limit" IS NOT NULL
      THEN CASE
        WHEN "t9"."total_bounded" > COALESCE("t9"."total_limit", CAST(0 AS DECIMAL(38, 0)))
        THEN COALESCE("t9"."total_limit", CAST(0 AS DECIMAL(38, 0)))
        ELSE "t9"."total_bounded"
      END
      ELSE "t9"."total_bounded"
    END AS "total_limited"
  FROM (
    SELECT
      "t8"."period",
      "t8"."track",
      "t8"."unit",
      "t8"."kept",
      "t8"."dimension_sum",
      "t8"."total_full_all",
      "t8"."total_full_kept",
      "t8"."missing",
      "t8"."unplaced",
      "t8"."vetoed",
      "t8"."zeroing_total",
      "t8"."total_limit",
      "t8"."total_scales",
      "t8"."total_scaled",
      "t8"."digits",
      "t8"."mark_unit",
      "t8"."full_digits",
      "t8"."full_unit",
      "t8"."cap_units",
      "t8"."floor_units",
      "t8"."min_peers",
      "t8"."total_capped",
      CASE
        WHEN "t8"."floor_units" IS NOT NULL
        THEN CASE
          WHEN "t8"."total_capped" < COALESCE("t8"."floor_units", CAST(0 AS DECIMAL(38, 0)))
          THEN COALESCE("t8"."floor_units", CAST(0 AS DECIMAL(38, 0)))
          ELSE "t8"."total_capped"
        END
        ELSE "t8"."total_capped"
      END AS "total_bounded"
    FROM (
      SELECT
        "t7"."period",
        "t7"."track",
        "t7"."unit",
        "t7"."kept",
        "t7"."dimension_sum",
        "t7"."total_full_all",
        "t7"."total_full_kept",
        "t7"."missing",
        "t7"."unplaced",
        "t7"."vetoed",
        "t7"."zeroing_total",
        "t7"."total_limit",
        "t7"."total_scales",
        "t7"."total_scaled",
        "t7"."digits",
        "t7"."mark_unit",
        "t7"."full_digits",
        "t7"."full_unit",
        "t7"."cap_units",
        "t7"."floor_units",
        "t7"."min_peers",
        CASE
          WHEN "t7"."cap_units" IS NOT NULL
          THEN CASE
            WHEN "t7"."total_scaled" > COALESCE("t7"."cap_units", CAST(0 AS DECIMAL(38, 0)))
            THEN COALESCE("t7"."cap_units", CAST(0 AS DECIMAL(38, 0)))
            ELSE "t7"."total_scaled"
          END
          ELSE "t7"."total_scaled"
        END AS "total_capped"
      FROM (
        SELECT
          "t6"."period",
          "t6"."track",
          "t6"."unit",
          "t6"."kept",
          "t6"."dimension_sum",
          "t6"."total_full_all",
          "t6"."total_full_kept",
          "t6"."missing",
          "t6"."unplaced",
          "t6"."vetoed",
          "t6"."zeroing_total",
          "t6"."total_limit",
          "t6"."total_scales",
          "t6"."total_scaled",
          "t2"."digits",
          "t2"."mark_unit",
          "t2"."full_digits",
          "t2"."full_unit",
          "t2"."cap_units",
          "t2"."floor_units",
          "t2"."min_peers"
        FROM (
          SELECT
            "t4"."period",
            "t4"."track",
            "t4"."unit",
            "t4"."kept",
            "t4"."dimension_sum",
            "t4"."total_full_all",
            "t4"."total_full_kept",
            "t4"."missing",
            "t4"."unplaced",
            "t4"."vetoed",
            "t4"."zeroing_total",
            "t4"."total_limit",
            "t4"."total_scales",
            CASE
              WHEN "t4"."kept" > 0
              THEN CASE
                WHEN "t4"."total_scales"
                THEN RONGHE_QUOTIENT(
                  (
                    ABS("t4"."dimension_sum" * "t4"."total_full_all") * CAST(2 AS DECIMAL(38, 0))
                  ) + CASE
                    WHEN "t4"."total_full_kept" > 0
                    THEN "t4"."total_full_kept"
                    ELSE CAST(1 AS DECIMAL(38, 0))
                  END,
                  CASE
                    WHEN "t4"."total_full_kept" > 0
                    THEN "t4"."total_full_kept"
                    ELSE CAST(1 AS DECIMAL(38, 0))
                  END * CAST(2 AS DECIMAL(38, 0))
                ) * CASE
                  WHEN (
                    "t4"."dimension_sum" * "t4"."total_full_all"
                  ) < 0
                  THEN CAST(-1 AS DECIMAL(38, 0))
                  ELSE CAST(1 AS DECIMAL(38, 0))
                END
                ELSE "t4"."dimension_sum"
              END
              ELSE CAST(NULL AS DECIMAL(38, 0))
            END AS "total_scaled"
          FROM (
            SELECT
              "t3"."period",
              "t3"."track",
              "t3"."unit",
              "t3"."kept",
              "t3"."dimension_sum",
              "t3"."total_full_all",
              "t3"."total_full_kept",
              "t3"."missing",
              "t3"."unplaced",
              "t3"."vetoed",
              "t3"."zeroing_total",
              "t3"."total_limit",
              (
                "t3"."total_full_all" <> "t3"."total_full_kept"
              )
              AND (
                "t3"."total_full_kept" > 0
              ) AS "total_scales"
            FROM (
              SELECT
                "t1"."period",
                "t1"."track",
                "t1"."unit",
                SUM(CAST(NOT (
                  "t1"."left_out"
                ) AS BIGINT)) AS "kept",
                CAST(COALESCE(SUM("t1"."subtotal"), CAST(0 AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS "dimension_sum",
                CAST(SUM("t1"."full_all") AS DECIMAL(38, 0)) AS "total_full_all",
                CAST(SUM(
                  CASE
                    WHEN NOT (
                      "t1"."left_out"
                    )
                    THEN "t1"."full_all"
                    ELSE CAST(0 AS DECIMAL(38, 0))
                  END
                ) AS DECIMAL(38, 0)) AS "total_full_kept",
                SUM("t1"."missing") AS "missing",
                SUM("t1"."unplaced") AS "unplaced",
                SUM("t1"."vetoed") AS "vetoed",
                SUM("t1"."zeroing_total") AS "zeroing_total",
                MIN("t1"."veto_limit") AS "total_limit"
              FROM "summed" AS "t1"
              GROUP BY
                1,
                2,
                3
            ) AS "t3"
          ) AS "t4"
        ) AS "t6"
        INNER JOIN "tracks" AS "t2"
          ON "t6"."track" = "t2"."track"
      ) AS "t7"
    ) AS "t8"
  ) AS "t9"
) AS "t10"

-- step least
SELECT
  "t28".*
  EXCLUDE ("mark_sum")
FROM (
  SELECT
    "t27".*
    EXCLUDE ("wanted_marks")
  FROM (
    SELECT
      "t26"."period",
      "t26"."track",
      "t26"."unit",
      "t26"."indicator",
      "t26"."dimension",
      "t26"."mark",
      "t26"."actual",
      "t26"."target",
      "t26"."base",
      "t26"."p",
      "t26"."r",
      "t26"."looks_at",
      "t26"."grid",
      "t26"."counts",
      "t26"."wanted_marks",
      "t26"."mark_sum",
      "t26"."wanted_marks" - (
        "t26"."mark_sum" - "t26"."mark"
      ) AS "wanted_mark"
    FROM (
      SELECT
        "t12"."period",
        "t12"."track",
        "t12"."unit",
        "t12"."indicator",
        "t12"."dimension",
        "t12"."mark",
        "t12"."actual",
        "t12"."target",
        "t12"."base",
        "t12"."p",
        "t12"."r",
        "t12"."looks_at",
        "t12"."grid",
        "t12"."counts",
        "t25"."wanted_marks",
        "t25"."mark_sum"
      FROM (
        SELECT
          "t5"."period",
          "t5"."track",
          "t5"."unit",
          "t5"."indicator",
          "t5"."dimension",
          "t5"."mark",
          "t5"."actual",
          "t5"."target",
          "t5"."base",
          "t5"."p",
          "t5"."r",
          "t5"."looks_at",
          "t5"."grid",
          "t5"."counts"
        FROM (
          SELECT
            *
          FROM "marked" AS "t0"
          WHERE
            "t0"."present"
            AND NOT (
              "t0"."is_veto"
            )
            AND "t0"."state" = 'ok'
            AND "t0"."mark" IS NOT NULL
            AND "t0"."actual" IS NOT NULL
        ) AS "t5"
      ) AS "t12"
      INNER JOIN (
        SELECT
          "t23"."period",
          "t23"."track",
          "t23"."unit",
          "t23"."dimension",
          "t23"."wanted_marks",
          "t23"."mark_sum"
        FROM (
          SELECT
            "t22"."period",
            "t22"."track",
            "t22"."unit",
            "t22"."wanted_sum",
            "t22"."dimension_sum",
            "t22"."dimension",
            "t22"."subtotal",
            "t22"."mark_sum",
            "t22"."full_all",
            "t22"."full_left",
            "t22"."scales",
            "t22"."cap",
            "t22"."wanted_subtotal",
            CASE
              WHEN "t22"."scales"
              THEN CASE
                WHEN "t22"."wanted_subtotal" > 0
                THEN -(
                  RONGHE_QUOTIENT(
                    ABS(
                      -(
                        (
                          (
                            "t22"."wanted_subtotal" * CAST(2 AS DECIMAL(38, 0))
                          ) - CAST(1 AS DECIMAL(38, 0))
                        ) * CASE
                          WHEN "t22"."full_left" > 0
                          THEN "t22"."full_left"
                          ELSE CAST(1 AS DECIMAL(38, 0))
                        END
                      )
                    ) + CASE
                      WHEN -(
                        (
                          (
                            "t22"."wanted_subtotal" * CAST(2 AS DECIMAL(38, 0))
                          ) - CAST(1 AS DECIMAL(38, 0))
                        ) * CASE
                          WHEN "t22"."full_left" > 0
                          THEN "t22"."full_left"
                          ELSE CAST(1 AS DECIMAL(38, 0))
                        END
                      ) < 0
                      THEN (
                        CASE
                          WHEN "t22"."full_all" > 0
                          THEN "t22"."full_all"
                          ELSE CAST(1 AS DECIMAL(38, 0))
                        END * CAST(2 AS DECIMAL(38, 0))
                      ) - CAST(1 AS DECIMAL(38, 0))
                      ELSE CAST(0 AS DECIMAL(38, 0))
                    END,
                    CASE
                      WHEN "t22"."full_all" > 0
                      THEN "t22"."full_all"
                      ELSE CAST(1 AS DECIMAL(38, 0))
                    END * CAST(2 AS DECIMAL(38, 0))
                  ) * CASE
                    WHEN -(
                      (
                        (
                          "t22"."wanted_subtotal" * CAST(2 AS DECIMAL(38, 0))
                        ) - CAST(1 AS DECIMAL(38, 0))
                      ) * CASE
                        WHEN "t22"."full_left" > 0
                        THEN "t22"."full_left"
                        ELSE CAST(1 AS DECIMAL(38, 0))
                      END
                    ) < 0
                    THEN CAST(-1 AS DECIMAL(38, 0))
                    ELSE CAST(1 AS DECIMAL(38, 0))
                  END
                )
                ELSE (
                  RONGHE_QUOTIENT(
                    ABS(
                      (
                        (
                          "t22"."wanted_subtotal" * CAST(2 AS DECIMAL(38, 0))
                        ) - CAST(1 AS DECIMAL(38, 0))
                      ) * CASE
                        WHEN "t22"."full_left" > 0
                        THEN "t22"."full_left"
                        ELSE CAST(1 AS DECIMAL(38, 0))
                      END
                    ) + CASE
                      WHEN (
                        (
                          (
                            "t22"."wanted_subtotal" * CAST(2 AS DECIMAL(38, 0))
                          ) - CAST(1 AS DECIMAL(38, 0))
                        ) * CASE
                          WHEN "t22"."full_left" > 0
                          THEN "t22"."full_left"
                          ELSE CAST(1 AS DECIMAL(38, 0))
                        END
                      ) < 0
                      THEN (
                        CASE
                          WHEN "t22"."full_all" > 0
                          THEN "t22"."full_all"
                          ELSE CAST(1 AS DECIMAL(38, 0))
                        END * CAST(2 AS DECIMAL(38, 0))
                      ) - CAST(1 AS DECIMAL(38, 0))
                      ELSE CAST(0 AS DECIMAL(38, 0))
                    END,
                    CASE
                      WHEN "t22"."full_all" > 0
                      THEN "t22"."full_all"
                      ELSE CAST(1 AS DECIMAL(38, 0))
                    END * CAST(2 AS DECIMAL(38, 0))
                  ) * CASE
                    WHEN (
                      (
                        (
                          "t22"."wanted_subtotal" * CAST(2 AS DECIMAL(38, 0))
                        ) - CAST(1 AS DECIMAL(38, 0))
                      ) * CASE
                        WHEN "t22"."full_left" > 0
                        THEN "t22"."full_left"
                        ELSE CAST(1 AS DECIMAL(38, 0))
                      END
                    ) < 0
                    THEN CAST(-1 AS DECIMAL(38, 0))
                    ELSE CAST(1 AS DECIMAL(38, 0))
                  END
                ) + CAST(1 AS DECIMAL(38, 0))
              END
              ELSE "t22"."wanted_subtotal"
            END AS "wanted_marks"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t20"."period",
                "t20"."track",
                "t20"."unit",
                "t20"."wanted_sum",
                "t20"."dimension_sum",
                "t20"."dimension",
                "t20"."subtotal",
                "t20"."mark_sum",
                "t20"."full_all",
                "t20"."full_left",
                "t20"."scales",
                "t20"."cap",
                "t20"."wanted_sum" - (
                  "t20"."dimension_sum" - "t20"."subtotal"
                ) AS "wanted_subtotal"
              FROM (
                SELECT
                  "t19"."period",
                  "t19"."track",
                  "t19"."unit",
                  "t19"."wanted_sum",
                  "t19"."dimension_sum",
                  "t13"."dimension",
                  "t13"."subtotal",
                  "t13"."mark_sum",
                  "t13"."full_all",
                  "t13"."full_left",
                  "t13"."scales",
                  "t13"."cap"
                FROM (
                  SELECT
                    "t17"."period",
                    "t17"."track",
                    "t17"."unit",
                    "t17"."wanted_sum",
                    "t17"."dimension_sum"
                  FROM (
                    SELECT
                      "t16"."period",
                      "t16"."track",
                      "t16"."unit",
                      "t16"."better",
                      "t16"."dimension_sum",
                      "t16"."total_full_all",
                      "t16"."total_full_kept",
                      "t16"."total_scales",
                      "t16"."zeroing_total",
                      "t16"."total_limit",
                      "t16"."cap_units",
                      CASE
                        WHEN "t16"."total_scales"
                        THEN CASE
                          WHEN "t16"."better" > 0
                          THEN -(
                            RONGHE_QUOTIENT(
                              ABS(
                                -(
                                  (
                                    (
                                      "t16"."better" * CAST(2 AS DECIMAL(38, 0))
                                    ) - CAST(1 AS DECIMAL(38, 0))
                                  ) * CASE
                                    WHEN "t16"."total_full_kept" > 0
                                    THEN "t16"."total_full_kept"
                                    ELSE CAST(1 AS DECIMAL(38, 0))
                                  END
                                )
                              ) + CASE
                                WHEN -(
                                  (
                                    (
                                      "t16"."better" * CAST(2 AS DECIMAL(38, 0))
                                    ) - CAST(1 AS DECIMAL(38, 0))
                                  ) * CASE
                                    WHEN "t16"."total_full_kept" > 0
                                    THEN "t16"."total_full_kept"
                                    ELSE CAST(1 AS DECIMAL(38, 0))
                                  END
                                ) < 0
                                THEN (
                                  CASE
                                    WHEN "t16"."total_full_all" > 0
                                    THEN "t16"."total_full_all"
                                    ELSE CAST(1 AS DECIMAL(38, 0))
                                  END * CAST(2 AS DECIMAL(38, 0))
                                ) - CAST(1 AS DECIMAL(38, 0))
                                ELSE CAST(0 AS DECIMAL(38, 0))
                              END,
                              CASE
                                WHEN "t16"."total_full_all" > 0
                                THEN "t16"."total_full_all"
                                ELSE CAST(1 AS DECIMAL(38, 0))
                              END * CAST(2 AS DECIMAL(38, 0))
                            ) * CASE
                              WHEN -(
                                (
                                  (
                                    "t16"."better" * CAST(2 AS DECIMAL(38, 0))
                                  ) - CAST(1 AS DECIMAL(38, 0))
                                ) * CASE
                                  WHEN "t16"."total_full_kept" > 0
                                  THEN "t16"."total_full_kept"
                                  ELSE CAST(1 AS DECIMAL(38, 0))
                                END
                              ) < 0
                              THEN CAST(-1 AS DECIMAL(38, 0))
                              ELSE CAST(1 AS DECIMAL(38, 0))
                            END
                          )
                          ELSE (
                            RONGHE_QUOTIENT(
                              ABS(
                                (
                                  (
                                    "t16"."better" * CAST(2 AS DECIMAL(38, 0))
                                  ) - CAST(1 AS DECIMAL(38, 0))
                                ) * CASE
                                  WHEN "t16"."total_full_kept" > 0
                                  THEN "t16"."total_full_kept"
                                  ELSE CAST(1 AS DECIMAL(38, 0))
                                END
                              ) + CASE
                                WHEN (
                                  (
                                    (
                                      "t16"."better" * CAST(2 AS DECIMAL(38, 0))
                                    ) - CAST(1 AS DECIMAL(38, 0))
                                  ) * CASE
                                    WHEN "t16"."total_full_kept" > 0
                                    THEN "t16"."total_full_kept"
                                    ELSE CAST(1 AS DECIMAL(38, 0))
                                  END
                                ) < 0
                                THEN (
                                  CASE
                                    WHEN "t16"."total_full_all" > 0
                                    THEN "t16"."total_full_all"
                                    ELSE CAST(1 AS DECIMAL(38, 0))
                                  END * CAST(2 AS DECIMAL(38, 0))
                                ) - CAST(1 AS DECIMAL(38, 0))
                                ELSE CAST(0 AS DECIMAL(38, 0))
                              END,
                              CASE
                                WHEN "t16"."total_full_all" > 0
                                THEN "t16"."total_full_all"
                                ELSE CAST(1 AS DECIMAL(38, 0))
                              END * CAST(2 AS DECIMAL(38, 0))
                            ) * CASE
                              WHEN (
                                (
                                  (
                                    "t16"."better" * CAST(2 AS DECIMAL(38, 0))
                                  ) - CAST(1 AS DECIMAL(38, 0))
                                ) * CASE
                                  WHEN "t16"."total_full_kept" > 0
                                  THEN "t16"."total_full_kept"
                                  ELSE CAST(1 AS DECIMAL(38, 0))
                                END
                              ) < 0
                              THEN CAST(-1 AS DECIMAL(38, 0))
                              ELSE CAST(1 AS DECIMAL(38, 0))
                            END
                          ) + CAST(1 AS DECIMAL(38, 0))
                        END
                        ELSE "t16"."better"
                      END AS "wanted_sum"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t14"."period",
                          "t14"."track",
                          "t14"."unit",
                          "t14"."better",
                          "t8"."dimension_sum",
                          "t8"."total_full_all",
                          "t8"."total_full_kept",
                          "t8"."total_scales",
                          "t8"."zeroing_total",
                          "t8"."total_limit",
                          "t8"."cap_units"
                        FROM (
                          SELECT
                            "t7"."period",
                            "t7"."track",
                            "t7"."unit",
                            "t7"."better"
                          FROM (
                            SELECT
                              *
                            FROM "ranked" AS "t2"
                            WHERE
                              "t2"."better" > "t2"."total"
                          ) AS "t7"
                        ) AS "t14"
                        INNER JOIN (
                          SELECT
                            "t3"."period",
                            "t3"."track",
                            "t3"."unit",
                            "t3"."dimension_sum",
                            "t3"."total_full_all",
                            "t3"."total_full_kept",
                            "t3"."total_scales",
                            "t3"."zeroing_total",
                            "t3"."total_limit",
                            "t3"."cap_units"
                          FROM "totalled" AS "t3"
                        ) AS "t8"
                          ON "t14"."period" = "t8"."period"
                          AND "t14"."track" = "t8"."track"
                          AND "t14"."unit" = "t8"."unit"
                      ) AS "t15"
                      WHERE
                        "t15"."zeroing_total" = 0
                        AND (
                          (
                            "t15"."total_limit" IS NULL
                          ) OR (
                            "t15"."total_limit" >= "t15"."better"
                          )
                        )
                        AND (
                          (
                            "t15"."cap_units" IS NULL
                          ) OR (
                            "t15"."cap_units" >= "t15"."better"
                          )
                        )
                    ) AS "t16"
                  ) AS "t17"
                ) AS "t19"
                INNER JOIN (
                  SELECT
                    "t6"."period",
                    "t6"."track",
                    "t6"."unit",
                    "t6"."dimension",
                    "t6"."subtotal",
                    "t6"."mark_sum",
                    "t6"."full_all",
                    "t6"."full_left",
                    "t6"."scales",
                    "t6"."cap"
                  FROM (
                    SELECT
                      *
                    FROM "summed" AS "t1"
                    WHERE
                      NOT (
                        "t1"."left_out"
                      ) AND "t1"."zeroing" = 0
                  ) AS "t6"
                ) AS "t13"
                  ON "t19"."period" = "t13"."period"
                  AND "t19"."track" = "t13"."track"
                  AND "t19"."unit" = "t13"."unit"
              ) AS "t20"
            ) AS "t21"
            WHERE
              (
                "t21"."cap" IS NULL
              ) OR (
                "t21"."wanted_subtotal" <= "t21"."cap"
              )
          ) AS "t22"
        ) AS "t23"
      ) AS "t25"
        ON "t12"."period" = "t25"."period"
        AND "t12"."track" = "t25"."track"
        AND "t12"."unit" = "t25"."unit"
        AND "t12"."dimension" = "t25"."dimension"
    ) AS "t26"
  ) AS "t27"
) AS "t28"

-- step needed
SELECT
  "t15"."period",
  "t15"."track",
  "t15"."unit",
  "t15"."indicator",
  CASE
    WHEN (
      RONGHE_QUOTIENT(
        ABS("t15"."order" + CAST(1 AS DECIMAL(38, 0))) + CASE
          WHEN (
            "t15"."order" + CAST(1 AS DECIMAL(38, 0))
          ) < 0
          THEN CAST(2 AS DECIMAL(38, 0)) - CAST(1 AS DECIMAL(38, 0))
          ELSE CAST(0 AS DECIMAL(38, 0))
        END,
        CAST(2 AS DECIMAL(38, 0))
      ) * CASE
        WHEN (
          "t15"."order" + CAST(1 AS DECIMAL(38, 0))
        ) < 0
        THEN CAST(-1 AS DECIMAL(38, 0))
        ELSE CAST(1 AS DECIMAL(38, 0))
      END * CAST(2 AS DECIMAL(38, 0))
    ) <> "t15"."order"
    THEN "t15"."actual" + (
      RONGHE_QUOTIENT(
        ABS("t15"."order" + CAST(1 AS DECIMAL(38, 0))) + CASE
          WHEN (
            "t15"."order" + CAST(1 AS DECIMAL(38, 0))
          ) < 0
          THEN CAST(2 AS DECIMAL(38, 0)) - CAST(1 AS DECIMAL(38, 0))
          ELSE CAST(0 AS DECIMAL(38, 0))
        END,
        CAST(2 AS DECIMAL(38, 0))
      ) * CASE
        WHEN (
          "t15"."order" + CAST(1 AS DECIMAL(38, 0))
        ) < 0
        THEN CAST(-1 AS DECIMAL(38, 0))
        ELSE CAST(1 AS DECIMAL(38, 0))
      END
    )
    ELSE "t15"."actual" - (
      RONGHE_QUOTIENT(
        ABS("t15"."order" + CAST(1 AS DECIMAL(38, 0))) + CASE
          WHEN (
            "t15"."order" + CAST(1 AS DECIMAL(38, 0))
          ) < 0
          THEN CAST(2 AS DECIMAL(38, 0)) - CAST(1 AS DECIMAL(38, 0))
          ELSE CAST(0 AS DECIMAL(38, 0))
        END,
        CAST(2 AS DECIMAL(38, 0))
      ) * CASE
        WHEN (
          "t15"."order" + CAST(1 AS DECIMAL(38, 0))
        ) < 0
        THEN CAST(-1 AS DECIMAL(38, 0))
        ELSE CAST(1 AS DECIMAL(38, 0))
      END
    )
  END AS "needed"
FROM (
  SELECT
    "t14"."period",
    "t14"."track",
    "t14"."unit",
    "t14"."indicator",
    MIN("t14"."order") AS "order",
    MAX("t14"."actual") AS "actual"
  FROM (
    SELECT
      "t13"."period",
      "t13"."track",
      "t13"."unit",
      "t13"."indicator",
      "t13"."dimension",
      "t13"."mark",
      "t13"."actual",
      "t13"."target",
      "t13"."base",
      "t13"."p",
      "t13"."r",
      "t13"."looks_at",
      "t13"."grid",
      "t13"."counts",
      "t13"."wanted_mark",
      "t13"."indicator_right",
      "t13"."present",
      "t13"."segment",
      "t13"."lo_n",
      "t13"."lo_d",
      "t13"."hi_n",
      "t13"."hi_d",
      "t13"."a",
      "t13"."b",
      "t13"."c",
      "t13"."whole",
      "t13"."u",
      "t13"."v",
      "t13"."w",
      "t13"."low",
      "t13"."high",
      "t13"."strikes",
      "t13"."digits",
      "t13"."mark_unit",
      "t13"."segment_low",
      "t13"."segment_high",
      "t13"."all_suffice",
      "t13"."reach",
      "t13"."stair_need",
      "t13"."stair_rate",
      "t13"."line_need",
      "t13"."steps_need",
      "t13"."never",
      "t13"."rate",
      "t13"."need",
      "t13"."p_low",
      "t13"."p_high",
      "t13"."n_low",
      "t13"."n_high",
      "t13"."candidate",
      (
        ABS("t13"."candidate" - "t13"."actual") * CAST(2 AS DECIMAL(38, 0))
      ) - CASE
        WHEN (
          "t13"."candidate" - "t13"."actual"
        ) > 0
        THEN CAST(1 AS DECIMAL(38, 0))
        ELSE CAST(0 AS DECIMAL(38, 0))
      END AS "order"
    FROM (
      SELECT
        "t12"."period",
        "t12"."track",
        "t12"."unit",
        "t12"."indicator",
        "t12"."dimension",
        "t12"."mark",
        "t12"."actual",
        "t12"."target",
        "t12"."base",
        "t12"."p",
        "t12"."r",
        "t12"."looks_at",
        "t12"."grid",
        "t12"."counts",
        "t12"."wanted_mark",
        "t12"."indicator_right",
        "t12"."present",
        "t12"."segment",
        "t12"."lo_n",
        "t12"."lo_d",
        "t12"."hi_n",
        "t12"."hi_d",
        "t12"."a",
        "t12"."b",
        "t12"."c",
        "t12"."whole",
        "t12"."u",
        "t12"."v",
        "t12"."w",
        "t12"."low",
        "t12"."high",
        "t12"."strikes",
        "t12"."digits",
        "t12"."mark_unit",
        "t12"."segment_low",
        "t12"."segment_high",
        "t12"."all_suffice",
        "t12"."reach",
        "t12"."stair_need",
        "t12"."stair_rate",
        "t12"."line_need",
        "t12"."steps_need",
        "t12"."never",
        "t12"."rate",
        "t12"."need",
        "t12"."p_low",
        "t12"."p_high",
        "t12"."n_low",
        "t12"."n_high",
        CASE
          WHEN CASE
            WHEN (
              RONGHE_QUOTIENT(
                ABS((
                  "t12"."actual" * CAST(2 AS DECIMAL(38, 0))
                ) + "t12"."grid") + CASE
                  WHEN (
                    (
                      "t12"."actual" * CAST(2 AS DECIMAL(38, 0))
                    ) + "t12"."grid"
                  ) < 0
                  THEN (
                    "t12"."grid" * CAST(2 AS DECIMAL(38, 0))
                  ) - CAST(1 AS DECIMAL(38, 0))
                  ELSE CAST(0 AS DECIMAL(38, 0))
                END,
                "t12"."grid" * CAST(2 AS DECIMAL(38, 0))
              ) * CASE
                WHEN (
                  (
                    "t12"."actual" * CAST(2 AS DECIMAL(38, 0))
                  ) + "t12"."grid"
                ) < 0
                THEN CAST(-1 AS DECIMAL(38, 0))
                ELSE CAST(1 AS DECIMAL(38, 0))
              END
            ) > "t12"."n_high"
            THEN "t12"."n_high"
            ELSE RONGHE_QUOTIENT(
              ABS((
                "t12"."actual" * CAST(2 AS DECIMAL(38, 0))
              ) + "t12"."grid") + CASE
                WHEN (
                  (
                    "t12"."actual" * CAST(2 AS DECIMAL(38, 0))
                  ) + "t12"."grid"
                ) < 0
                THEN (
                  "t12"."grid" * CAST(2 AS DECIMAL(38, 0))
                ) - CAST(1 AS DECIMAL(38, 0))
                ELSE CAST(0 AS DECIMAL(38, 0))
              END,
              "t12"."grid" * CAST(2 AS DECIMAL(38, 0))
            ) * CASE
              WHEN (
                (
                  "t12"."actual" * CAST(2 AS DECIMAL(38, 0))
                ) + "t12"."grid"
              ) < 0
              THEN CAST(-1 AS DECIMAL(38, 0))
              ELSE CAST(1 AS DECIMAL(38, 0))
            END
          END < "t12"."n_low"
          THEN "t12"."n_low"
          ELSE CASE
            WHEN (
              RONGHE_QUOTIENT(
                ABS((
                  "t12"."actual" * CAST(2 AS DECIMAL(38, 0))
                ) + "t12"."grid") + CASE
                  WHEN (
                    (
                      "t12"."actual" * CAST(2 AS DECIMAL(38, 0))
                    ) + "t12"."grid"
                  ) < 0
                  THEN (
                    "t12"."grid" * CAST(2 AS DECIMAL(38, 0))
                  ) - CAST(1 AS DECIMAL(38, 0))
                  ELSE CAST(0 AS DECIMAL(38, 0))
                END,
                "t12"."grid" * CAST(2 AS DECIMAL(38, 0))
              ) * CASE
                WHEN (
                  (
                    "t12"."actual" * CAST(2 AS DECIMAL(38, 0))
                  ) + "t12"."grid"
                ) < 0
                THEN CAST(-1 AS DECIMAL(38, 0))
                ELSE CAST(1 AS DECIMAL(38, 0))
              END
            ) > "t12"."n_high"
            THEN "t12"."n_high"
            ELSE RONGHE_QUOTIENT(
              ABS((
                "t12"."actual" * CAST(2 AS DECIMAL(38, 0))
              ) + "t12"."grid") + CASE
                WHEN (
                  (
                    "t12"."actual" * CAST(2 AS DECIMAL(38, 0))
                  ) + "t12"."grid"
                ) < 0
                THEN (
                  "t12"."grid" * CAST(2 AS DECIMAL(38, 0))
                ) - CAST(1 AS DECIMAL(38, 0))
                ELSE CAST(0 AS DECIMAL(38, 0))
              END,
              "t12"."grid" * CAST(2 AS DECIMAL(38, 0))
            ) * CASE
              WHEN (
                (
                  "t12"."actual" * CAST(2 AS DECIMAL(38, 0))
                ) + "t12"."grid"
              ) < 0
              THEN CAST(-1 AS DECIMAL(38, 0))
              ELSE CAST(1 AS DECIMAL(38, 0))
            END
          END
        END * "t12"."grid" AS "candidate"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t10"."period",
            "t10"."track",
            "t10"."unit",
            "t10"."indicator",
            "t10"."dimension",
            "t10"."mark",
            "t10"."actual",
            "t10"."target",
            "t10"."base",
            "t10"."p",
            "t10"."r",
            "t10"."looks_at",
            "t10"."grid",
            "t10"."counts",
            "t10"."wanted_mark",
            "t10"."indicator_right",
            "t10"."present",
            "t10"."segment",
            "t10"."lo_n",
            "t10"."lo_d",
            "t10"."hi_n",
            "t10"."hi_d",
            "t10"."a",
            "t10"."b",
            "t10"."c",
            "t10"."whole",
            "t10"."u",
            "t10"."v",
            "t10"."w",
            "t10"."low",
            "t10"."high",
            "t10"."strikes",
            "t10"."digits",
            "t10"."mark_unit",
            "t10"."segment_low",
            "t10"."segment_high",
            "t10"."all_suffice",
            "t10"."reach",
            "t10"."stair_need",
            "t10"."stair_rate",
            "t10"."line_need",
            "t10"."steps_need",
            "t10"."never",
            "t10"."rate",
            "t10"."need",
            "t10"."p_low",
            "t10"."p_high",
            -(
              RONGHE_QUOTIENT(
                ABS(
                  -(
                    CASE
                      WHEN CASE
                        WHEN (
                          "t10"."looks_at" = 'attainment'
                        ) AND COALESCE("t10"."target" < 0, FALSE)
                        THEN -(
                          "t10"."p_high"
                        )
                        ELSE "t10"."p_low" + CASE
                          WHEN "t10"."looks_at" IN ('deviation', 'difference')
                          THEN "t10"."target"
                          WHEN "t10"."looks_at" = 'growth'
                          THEN "t10"."base"
                          ELSE CAST(0 AS DECIMAL(38, 0))
                        END
                      END < CASE
                        WHEN "t10"."counts"
                        THEN CAST(0 AS DECIMAL(38, 0))
                        ELSE CAST(-999999999999999999 AS DECIMAL(38, 0))
                      END
                      THEN CASE
                        WHEN "t10"."counts"
                        THEN CAST(0 AS DECIMAL(38, 0))
                        ELSE CAST(-999999999999999999 AS DECIMAL(38, 0))
                      END
                      ELSE CASE
                        WHEN (
                          "t10"."looks_at" = 'attainment'
                        ) AND COALESCE("t10"."target" < 0, FALSE)
                        THEN -(
                          "t10"."p_high"
                        )
                        ELSE "t10"."p_low" + CASE
                          WHEN "t10"."looks_at" IN ('deviation', 'difference')
                          THEN "t10"."target"
                          WHEN "t10"."looks_at" = 'growth'
                          THEN "t10"."base"
                          ELSE CAST(0 AS DECIMAL(38, 0))
                        END
                      END
                    END
                  )
                ) + CASE
                  WHEN -(
                    CASE
                      WHEN CASE
                        WHEN (
                          "t10"."looks_at" = 'attainment'
                        ) AND COALESCE("t10"."target" < 0, FALSE)
                        THEN -(
                          "t10"."p_high"
                        )
                        ELSE "t10"."p_low" + CASE
                          WHEN "t10"."looks_at" IN ('deviation', 'difference')
                          THEN "t10"."target"
                          WHEN "t10"."looks_at" = 'growth'
                          THEN "t10"."base"
                          ELSE CAST(0 AS DECIMAL(38, 0))
                        END
                      END < CASE
                        WHEN "t10"."counts"
                        THEN CAST(0 AS DECIMAL(38, 0))
                        ELSE CAST(-999999999999999999 AS DECIMAL(38, 0))
                      END
                      THEN CASE
                        WHEN "t10"."counts"
                        THEN CAST(0 AS DECIMAL(38, 0))
                        ELSE CAST(-999999999999999999 AS DECIMAL(38, 0))
                      END
                      ELSE CASE
                        WHEN (
                          "t10"."looks_at" = 'attainment'
                        ) AND COALESCE("t10"."target" < 0, FALSE)
                        THEN -(
                          "t10"."p_high"
                        )
                        ELSE "t10"."p_low" + CASE
                          WHEN "t10"."looks_at" IN ('deviation', 'difference')
                          THEN "t10"."target"
                          WHEN "t10"."looks_at" = 'growth'
                          THEN "t10"."base"
                          ELSE CAST(0 AS DECIMAL(38, 0))
                        END
                      END
                    END
                  ) < 0
                  THEN "t10"."grid" - CAST(1 AS DECIMAL(38, 0))
                  ELSE CAST(0 AS DECIMAL(38, 0))
                END,
                "t10"."grid"
              ) * CASE
                WHEN -(
                  CASE
                    WHEN CASE
                      WHEN (
                        "t10"."looks_at" = 'attainment'
                      ) AND COALESCE("t10"."target" < 0, FALSE)
                      THEN -(
                        "t10"."p_high"
                      )
                      ELSE "t10"."p_low" + CASE
                        WHEN "t10"."looks_at" IN ('deviation', 'difference')
                        THEN "t10"."target"
                        WHEN "t10"."looks_at" = 'growth'
                        THEN "t10"."base"
                        ELSE CAST(0 AS DECIMAL(38, 0))
                      END
                    END < CASE
                      WHEN "t10"."counts"
                      THEN CAST(0 AS DECIMAL(38, 0))
                      ELSE CAST(-999999999999999999 AS DECIMAL(38, 0))
                    END
                    THEN CASE
                      WHEN "t10"."counts"
                      THEN CAST(0 AS DECIMAL(38, 0))
                      ELSE CAST(-999999999999999999 AS DECIMAL(38, 0))
                    END
                    ELSE CASE
                      WHEN (
                        "t10"."looks_at" = 'attainment'
                      ) AND COALESCE("t10"."target" < 0, FALSE)
                      THEN -(
                        "t10"."p_high"
                      )
                      ELSE "t10"."p_low" + CASE
                        WHEN "t10"."looks_at" IN ('deviation', 'difference')
                        THEN "t10"."target"
                        WHEN "t10"."looks_at" = 'growth'
                        THEN "t10"."base"
                        ELSE CAST(0 AS DECIMAL(38, 0))
                      END
                    END
                  END
                ) < 0
                THEN CAST(-1 AS DECIMAL(38, 0))
                ELSE CAST(1 AS DECIMAL(38, 0))
              END
            ) AS "n_low",
            RONGHE_QUOTIENT(
              ABS(
                CASE
                  WHEN CASE
                    WHEN (
                      "t10"."looks_at" = 'attainment'
                    ) AND COALESCE("t10"."target" < 0, FALSE)
                    THEN -(
                      "t10"."p_low"
                    )
                    ELSE "t10"."p_high" + CASE
                      WHEN "t10"."looks_at" IN ('deviation', 'difference')
                      THEN "t10"."target"
                      WHEN "t10"."looks_at" = 'growth'
                      THEN "t10"."base"
                      ELSE CAST(0 AS DECIMAL(38, 0))
                    END
                  END > CAST(999999999999999999 AS DECIMAL(38, 0))
                  THEN CAST(999999999999999999 AS DECIMAL(38, 0))
                  ELSE CASE
                    WHEN (
                      "t10"."looks_at" = 'attainment'
                    ) AND COALESCE("t10"."target" < 0, FALSE)
                    THEN -(
                      "t10"."p_low"
                    )
                    ELSE "t10"."p_high" + CASE
                      WHEN "t10"."looks_at" IN ('deviation', 'difference')
                      THEN "t10"."target"
                      WHEN "t10"."looks_at" = 'growth'
                      THEN "t10"."base"
                      ELSE CAST(0 AS DECIMAL(38, 0))
                    END
                  END
                END
              ) + CASE
                WHEN CASE
                  WHEN CASE
                    WHEN (
                      "t10"."looks_at" = 'attainment'
                    ) AND COALESCE("t10"."target" < 0, FALSE)
                    THEN -(
                      "t10"."p_low"
                    )
                    ELSE "t10"."p_high" + CASE
                      WHEN "t10"."looks_at" IN ('deviation', 'difference')
                      THEN "t10"."target"
                      WHEN "t10"."looks_at" = 'growth'
                      THEN "t10"."base"
                      ELSE CAST(0 AS DECIMAL(38, 0))
                    END
                  END > CAST(999999999999999999 AS DECIMAL(38, 0))
                  THEN CAST(999999999999999999 AS DECIMAL(38, 0))
                  ELSE CASE
                    WHEN (
                      "t10"."looks_at" = 'attainment'
                    ) AND COALESCE("t10"."target" < 0, FALSE)
                    THEN -(
                      "t10"."p_low"
                    )
                    ELSE "t10"."p_high" + CASE
                      WHEN "t10"."looks_at" IN ('deviation', 'difference')
                      THEN "t10"."target"
                      WHEN "t10"."looks_at" = 'growth'
                      THEN "t10"."base"
                      ELSE CAST(0 AS DECIMAL(38, 0))
                    END
                  END
                END < 0
                THEN "t10"."grid" - CAST(1 AS DECIMAL(38, 0))
                ELSE CAST(0 AS DECIMAL(38, 0))
              END,
              "t10"."grid"
            ) * CASE
              WHEN CASE
                WHEN CASE
                  WHEN (
                    "t10"."looks_at" = 'attainment'
                  ) AND COALESCE("t10"."target" < 0, FALSE)
                  THEN -(
                    "t10"."p_low"
                  )
                  ELSE "t10"."p_high" + CASE
                    WHEN "t10"."looks_at" IN ('deviation', 'difference')
                    THEN "t10"."target"
                    WHEN "t10"."looks_at" = 'growth'
                    THEN "t10"."base"
                    ELSE CAST(0 AS DECIMAL(38, 0))
                  END
                END > CAST(999999999999999999 AS DECIMAL(38, 0))
                THEN CAST(999999999999999999 AS DECIMAL(38, 0))
                ELSE CASE
                  WHEN (
                    "t10"."looks_at" = 'attainment'
                  ) AND COALESCE("t10"."target" < 0, FALSE)
                  THEN -(
                    "t10"."p_low"
                  )
                  ELSE "t10"."p_high" + CASE
                    WHEN "t10"."looks_at" IN ('deviation', 'difference')
                    THEN "t10"."target"
                    WHEN "t10"."looks_at" = 'growth'
                    THEN "t10"."base"
                    ELSE CAST(0 AS DECIMAL(38, 0))
                  END
                END
              END < 0
              THEN CAST(-1 AS DECIMAL(38, 0))
              ELSE CAST(1 AS DECIMAL(38, 0))
            END AS "n_high"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t8"."period",
                "t8"."track",
                "t8"."unit",
                "t8"."indicator",
                "t8"."dimension",
                "t8"."mark",
                "t8"."actual",
                "t8"."target",
                "t8"."base",
                "t8"."p",
                "t8"."r",
                "t8"."looks_at",
                "t8"."grid",
                "t8"."counts",
                "t8"."wanted_mark",
                "t8"."indicator_right",
                "t8"."present",
                "t8"."segment",
                "t8"."lo_n",
                "t8"."lo_d",
                "t8"."hi_n",
                "t8"."hi_d",
                "t8"."a",
                "t8"."b",
                "t8"."c",
                "t8"."whole",
                "t8"."u",
                "t8"."v",
                "t8"."w",
                "t8"."low",
                "t8"."high",
                "t8"."strikes",
                "t8"."digits",
                "t8"."mark_unit",
                "t8"."segment_low",
                "t8"."segment_high",
                "t8"."all_suffice",
                "t8"."reach",
                "t8"."stair_need",
                "t8"."stair_rate",
                "t8"."line_need",
                "t8"."steps_need",
                "t8"."never",
                "t8"."rate",
                "t8"."need",
                CASE
                  WHEN "t8"."all_suffice"
                  THEN "t8"."segment_low"
                  ELSE CASE
                    WHEN CASE
                      WHEN "t8"."rate" > 0
                      THEN -(
                        RONGHE_QUOTIENT(
                          ABS(-(
                            "t8"."need"
                          )) + CASE
                            WHEN -(
                              "t8"."need"
                            ) < 0
                            THEN CASE
                              WHEN ABS("t8"."rate") > 0
                              THEN ABS("t8"."rate")
                              ELSE CAST(1 AS DECIMAL(38, 0))
                            END - CAST(1 AS DECIMAL(38, 0))
                            ELSE CAST(0 AS DECIMAL(38, 0))
                          END,
                          CASE
                            WHEN ABS("t8"."rate") > 0
                            THEN ABS("t8"."rate")
                            ELSE CAST(1 AS DECIMAL(38, 0))
                          END
                        ) * CASE
                          WHEN -(
                            "t8"."need"
                          ) < 0
                          THEN CAST(-1 AS DECIMAL(38, 0))
                          ELSE CAST(1 AS DECIMAL(38, 0))
                        END
                      )
                      ELSE CAST(-4000000000000000000 AS DECIMAL(38, 0))
                    END < "t8"."segment_low"
                    THEN "t8"."segment_low"
                    ELSE CASE
                      WHEN "t8"."rate" > 0
                      THEN -(
                        RONGHE_QUOTIENT(
                          ABS(-(
                            "t8"."need"
                          )) + CASE
                            WHEN -(
                              "t8"."need"
                            ) < 0
                            THEN CASE
                              WHEN ABS("t8"."rate") > 0
                              THEN ABS("t8"."rate")
                              ELSE CAST(1 AS DECIMAL(38, 0))
                            END - CAST(1 AS DECIMAL(38, 0))
                            ELSE CAST(0 AS DECIMAL(38, 0))
                          END,
                          CASE
                            WHEN ABS("t8"."rate") > 0
                            THEN ABS("t8"."rate")
                            ELSE CAST(1 AS DECIMAL(38, 0))
                          END
                        ) * CASE
                          WHEN -(
                            "t8"."need"
                          ) < 0
                          THEN CAST(-1 AS DECIMAL(38, 0))
                          ELSE CAST(1 AS DECIMAL(38, 0))
                        END
                      )
                      ELSE CAST(-4000000000000000000 AS DECIMAL(38, 0))
                    END
                  END
                END AS "p_low",
                CASE
                  WHEN NOT (
                    "t8"."all_suffice"
                    OR (
                      NOT (
                        "t8"."never"
                      )
                      AND (
                        (
                          "t8"."rate" <> 0
                        ) OR (
                          "t8"."need" <= 0
                        )
                      )
                    )
                  )
                  THEN CAST(-8000000000000000000 AS DECIMAL(38, 0))
                  WHEN "t8"."all_suffice"
                  THEN "t8"."segment_high"
                  ELSE CASE
                    WHEN CASE
                      WHEN "t8"."rate" < 0
                      THEN RONGHE_QUOTIENT(
                        ABS(-(
                          "t8"."need"
                        )) + CASE
                          WHEN -(
                            "t8"."need"
                          ) < 0
                          THEN CASE
                            WHEN ABS("t8"."rate") > 0
                            THEN ABS("t8"."rate")
                            ELSE CAST(1 AS DECIMAL(38, 0))
                          END - CAST(1 AS DECIMAL(38, 0))
                          ELSE CAST(0 AS DECIMAL(38, 0))
                        END,
                        CASE
                          WHEN ABS("t8"."rate") > 0
                          THEN ABS("t8"."rate")
                          ELSE CAST(1 AS DECIMAL(38, 0))
                        END
                      ) * CASE
                        WHEN -(
                          "t8"."need"
                        ) < 0
                        THEN CAST(-1 AS DECIMAL(38, 0))
                        ELSE CAST(1 AS DECIMAL(38, 0))
                      END
                      ELSE CAST(4000000000000000000 AS DECIMAL(38, 0))
                    END > "t8"."segment_high"
                    THEN "t8"."segment_high"
                    ELSE CASE
                      WHEN "t8"."rate" < 0
                      THEN RONGHE_QUOTIENT(
                        ABS(-(
                          "t8"."need"
                        )) + CASE
                          WHEN -(
                            "t8"."need"
                          ) < 0
                          THEN CASE
                            WHEN ABS("t8"."rate") > 0
                            THEN ABS("t8"."rate")
                            ELSE CAST(1 AS DECIMAL(38, 0))
                          END - CAST(1 AS DECIMAL(38, 0))
                          ELSE CAST(0 AS DECIMAL(38, 0))
                        END,
                        CASE
                          WHEN ABS("t8"."rate") > 0
                          THEN ABS("t8"."rate")
                          ELSE CAST(1 AS DECIMAL(38, 0))
                        END
                      ) * CASE
                        WHEN -(
                          "t8"."need"
                        ) < 0
                        THEN CAST(-1 AS DECIMAL(38, 0))
                        ELSE CAST(1 AS DECIMAL(38, 0))
                      END
                      ELSE CAST(4000000000000000000 AS DECIMAL(38, 0))
                    END
                  END
                END AS "p_high"
              FROM (
                SELECT
                  "t7"."period",
                  "t7"."track",
                  "t7"."unit",
                  "t7"."indicator",
                  "t7"."dimension",
                  "t7"."mark",
                  "t7"."actual",
                  "t7"."target",
                  "t7"."base",
                  "t7"."p",
                  "t7"."r",
                  "t7"."looks_at",
                  "t7"."grid",
                  "t7"."counts",
                  "t7"."wanted_mark",
                  "t7"."indicator_right",
                  "t7"."present",
                  "t7"."segment",
                  "t7"."lo_n",
                  "t7"."lo_d",
                  "t7"."hi_n",
                  "t7"."hi_d",
                  "t7"."a",
                  "t7"."b",
                  "t7"."c",
                  "t7"."whole",
                  "t7"."u",
                  "t7"."v",
                  "t7"."w",
                  "t7"."low",
                  "t7"."high",
                  "t7"."strikes",
                  "t7"."digits",
                  "t7"."mark_unit",
                  "t7"."segment_low",
                  "t7"."segment_high",
                  "t7"."all_suffice",
                  "t7"."reach",
                  "t7"."stair_need",
                  "t7"."stair_rate",
                  "t7"."line_need",
                  "t7"."steps_need",
                  "t7"."never",
                  CASE
                    WHEN "t7"."whole"
                    THEN CASE
                      WHEN "t7"."stair_rate" > 0
                      THEN "t7"."a"
                      WHEN "t7"."stair_rate" < 0
                      THEN -(
                        "t7"."a"
                      )
                      ELSE CAST(0 AS DECIMAL(38, 0))
                    END
                    ELSE "t7"."mark_unit" * CAST(2 AS DECIMAL(38, 0)) * "t7"."a"
                  END AS "rate",
                  CASE
                    WHEN NOT (
                      "t7"."whole"
                    )
                    THEN "t7"."line_need"
                    WHEN "t7"."stair_rate" = 0
                    THEN "t7"."stair_need"
                    ELSE "t7"."steps_need"
                  END AS "need"
                FROM (
                  SELECT
                    "t6"."period",
                    "t6"."track",
                    "t6"."unit",
                    "t6"."indicator",
                    "t6"."dimension",
                    "t6"."mark",
                    "t6"."actual",
                    "t6"."target",
                    "t6"."base",
                    "t6"."p",
                    "t6"."r",
                    "t6"."looks_at",
                    "t6"."grid",
                    "t6"."counts",
                    "t6"."wanted_mark",
                    "t6"."indicator_right",
                    "t6"."present",
                    "t6"."segment",
                    "t6"."lo_n",
                    "t6"."lo_d",
                    "t6"."hi_n",
                    "t6"."hi_d",
                    "t6"."a",
                    "t6"."b",
                    "t6"."c",
                    "t6"."whole",
                    "t6"."u",
                    "t6"."v",
                    "t6"."w",
                    "t6"."low",
                    "t6"."high",
                    "t6"."strikes",
                    "t6"."digits",
                    "t6"."mark_unit",
                    "t6"."segment_low",
                    "t6"."segment_high",
                    "t6"."all_suffice",
                    "t6"."reach",
                    "t6"."stair_need",
                    "t6"."stair_rate",
                    "t6"."line_need",
                    CASE
                      WHEN "t6"."stair_rate" > 0
                      THEN (
                        (
                          CASE
                            WHEN -(
                              RONGHE_QUOTIENT(
                                ABS(-(
                                  "t6"."stair_need"
                                )) + CASE
                                  WHEN -(
                                    "t6"."stair_need"
                                  ) < 0
                                  THEN CASE
                                    WHEN ABS("t6"."stair_rate") > 0
                                    THEN ABS("t6"."stair_rate")
                                    ELSE CAST(1 AS DECIMAL(38, 0))
                                  END - CAST(1 AS DECIMAL(38, 0))
                                  ELSE CAST(0 AS DECIMAL(38, 0))
                                END,
                                CASE
                                  WHEN ABS("t6"."stair_rate") > 0
                                  THEN ABS("t6"."stair_rate")
                                  ELSE CAST(1 AS DECIMAL(38, 0))
                                END
                              ) * CASE
                                WHEN -(
                                  "t6"."stair_need"
                                ) < 0
                                THEN CAST(-1 AS DECIMAL(38, 0))
                                ELSE CAST(1 AS DECIMAL(38, 0))
                              END
                            ) < CAST(0 AS DECIMAL(38, 0))
                            THEN CAST(0 AS DECIMAL(38, 0))
                            ELSE -(
                              RONGHE_QUOTIENT(
                                ABS(-(
                                  "t6"."stair_need"
                                )) + CASE
                                  WHEN -(
                                    "t6"."stair_need"
                                  ) < 0
                                  THEN CASE
                                    WHEN ABS("t6"."stair_rate") > 0
                                    THEN ABS("t6"."stair_rate")
                                    ELSE CAST(1 AS DECIMAL(38, 0))
                                  END - CAST(1 AS DECIMAL(38, 0))
                                  ELSE CAST(0 AS DECIMAL(38, 0))
                                END,
                                CASE
                                  WHEN ABS("t6"."stair_rate") > 0
                                  THEN ABS("t6"."stair_rate")
                                  ELSE CAST(1 AS DECIMAL(38, 0))
                                END
                              ) * CASE
                                WHEN -(
                                  "t6"."stair_need"
                                ) < 0
                                THEN CAST(-1 AS DECIMAL(38, 0))
                                ELSE CAST(1 AS DECIMAL(38, 0))
                              END
                            )
                          END * "t6"."c"
                        ) - "t6"."b"
                      ) * "t6"."r"
                      ELSE (
                        -(
                          (
                            (
                              (
                                RONGHE_QUOTIENT(
                                  ABS(-(
                                    "t6"."stair_need"
                                  )) + CASE
                                    WHEN -(
                                      "t6"."stair_need"
                                    ) < 0
                                    THEN CASE
                                      WHEN ABS("t6"."stair_rate") > 0
                                      THEN ABS("t6"."stair_rate")
                                      ELSE CAST(1 AS DECIMAL(38, 0))
                                    END - CAST(1 AS DECIMAL(38, 0))
                                    ELSE CAST(0 AS DECIMAL(38, 0))
                                  END,
                                  CASE
                                    WHEN ABS("t6"."stair_rate") > 0
                                    THEN ABS("t6"."stair_rate")
                                    ELSE CAST(1 AS DECIMAL(38, 0))
                                  END
                                ) * CASE
                                  WHEN -(
                                    "t6"."stair_need"
                                  ) < 0
                                  THEN CAST(-1 AS DECIMAL(38, 0))
                                  ELSE CAST(1 AS DECIMAL(38, 0))
                                END
                              ) + CAST(1 AS DECIMAL(38, 0))
                            ) * "t6"."c"
                          ) - "t6"."b"
                        ) * "t6"."r"
                      ) + CAST(1 AS DECIMAL(38, 0))
                    END AS "steps_need",
                    "t6"."whole"
                    AND (
                      "t6"."stair_rate" < 0
                    )
                    AND (
                      (
                        RONGHE_QUOTIENT(
                          ABS(-(
                            "t6"."stair_need"
                          )) + CASE
                            WHEN -(
                              "t6"."stair_need"
                            ) < 0
                            THEN CASE
                              WHEN ABS("t6"."stair_rate") > 0
                              THEN ABS("t6"."stair_rate")
                              ELSE CAST(1 AS DECIMAL(38, 0))
                            END - CAST(1 AS DECIMAL(38, 0))
                            ELSE CAST(0 AS DECIMAL(38, 0))
                          END,
                          CASE
                            WHEN ABS("t6"."stair_rate") > 0
                            THEN ABS("t6"."stair_rate")
                            ELSE CAST(1 AS DECIMAL(38, 0))
                          END
                        ) * CASE
                          WHEN -(
                            "t6"."stair_need"
                          ) < 0
                          THEN CAST(-1 AS DECIMAL(38, 0))
                          ELSE CAST(1 AS DECIMAL(38, 0))
                        END
                      ) < 0
                    ) AS "never"
                  FROM (
                    SELECT
                      "t5"."period",
                      "t5"."track",
                      "t5"."unit",
                      "t5"."indicator",
                      "t5"."dimension",
                      "t5"."mark",
                      "t5"."actual",
                      "t5"."target",
                      "t5"."base",
                      "t5"."p",
                      "t5"."r",
                      "t5"."looks_at",
                      "t5"."grid",
                      "t5"."counts",
                      "t5"."wanted_mark",
                      "t5"."indicator_right",
                      "t5"."present",
                      "t5"."segment",
                      "t5"."lo_n",
                      "t5"."lo_d",
                      "t5"."hi_n",
                      "t5"."hi_d",
                      "t5"."a",
                      "t5"."b",
                      "t5"."c",
                      "t5"."whole",
                      "t5"."u",
                      "t5"."v",
                      "t5"."w",
                      "t5"."low",
                      "t5"."high",
                      "t5"."strikes",
                      "t5"."digits",
                      "t5"."mark_unit",
                      "t5"."segment_low",
                      "t5"."segment_high",
                      "t5"."all_suffice",
                      "t5"."reach",
                      (
                        (
                          (
                            (
                              "t5"."reach" * CAST(2 AS DECIMAL(38, 0))
                            ) - CAST(1 AS DECIMAL(38, 0))
                          ) * "t5"."w"
                        ) - (
                          "t5"."mark_unit" * CAST(2 AS DECIMAL(38, 0)) * "t5"."v"
                        )
                      ) + CASE
                        WHEN "t5"."reach" > 0
                        THEN CAST(0 AS DECIMAL(38, 0))
                        ELSE CAST(1 AS DECIMAL(38, 0))
                      END AS "stair_need",
                      "t5"."mark_unit" * CAST(2 AS DECIMAL(38, 0)) * "t5"."u" AS "stair_rate",
                      (
                        (
                          (
                            (
                              (
                                "t5"."reach" * CAST(2 AS DECIMAL(38, 0))
                              ) - CAST(1 AS DECIMAL(38, 0))
                            ) * "t5"."c"
                          ) - (
                            "t5"."mark_unit" * CAST(2 AS DECIMAL(38, 0)) * "t5"."b"
                          )
                        ) * "t5"."r"
                      ) + CASE
                        WHEN "t5"."reach" > 0
                        THEN CAST(0 AS DECIMAL(38, 0))
                        ELSE CAST(1 AS DECIMAL(38, 0))
                      END AS "line_need"
                    FROM (
                      SELECT
                        "t4"."period",
                        "t4"."track",
                        "t4"."unit",
                        "t4"."indicator",
                        "t4"."dimension",
                        "t4"."mark",
                        "t4"."actual",
                        "t4"."target",
                        "t4"."base",
                        "t4"."p",
                        "t4"."r",
                        "t4"."looks_at",
                        "t4"."grid",
                        "t4"."counts",
                        "t4"."wanted_mark",
                        "t4"."indicator_right",
                        "t4"."present",
                        "t4"."segment",
                        "t4"."lo_n",
                        "t4"."lo_d",
                        "t4"."hi_n",
                        "t4"."hi_d",
                        "t4"."a",
                        "t4"."b",
                        "t4"."c",
                        "t4"."whole",
                        "t4"."u",
                        "t4"."v",
                        "t4"."w",
                        "t4"."low",
                        "t4"."high",
                        "t4"."strikes",
                        "t4"."digits",
                        "t4"."mark_unit",
                        CASE
                          WHEN "t4"."lo_d" = 0
                          THEN CAST(-4000000000000000000 AS DECIMAL(38, 0))
                          ELSE -(
                            RONGHE_QUOTIENT(
                              ABS(-(
                                "t4"."lo_n" * "t4"."r"
                              )) + CASE
                                WHEN -(
                                  "t4"."lo_n" * "t4"."r"
                                ) < 0
                                THEN CASE WHEN "t4"."lo_d" > 0 THEN "t4"."lo_d" ELSE CAST(1 AS DECIMAL(38, 0)) END - CAST(1 AS DECIMAL(38, 0))
                                ELSE CAST(0 AS DECIMAL(38, 0))
                              END,
                              CASE WHEN "t4"."lo_d" > 0 THEN "t4"."lo_d" ELSE CAST(1 AS DECIMAL(38, 0)) END
                            ) * CASE
                              WHEN -(
                                "t4"."lo_n" * "t4"."r"
                              ) < 0
                              THEN CAST(-1 AS DECIMAL(38, 0))
                              ELSE CAST(1 AS DECIMAL(38, 0))
                            END
                          )
                        END AS "segment_low",
                        CASE
                          WHEN "t4"."hi_d" = 0
                          THEN CAST(4000000000000000000 AS DECIMAL(38, 0))
                          ELSE -(
                            RONGHE_QUOTIENT(
                              ABS(-(
                                "t4"."hi_n" * "t4"."r"
                              )) + CASE
                                WHEN -(
                                  "t4"."hi_n" * "t4"."r"
                                ) < 0
                                THEN CASE WHEN "t4"."hi_d" > 0 THEN "t4"."hi_d" ELSE CAST(1 AS DECIMAL(38, 0)) END - CAST(1 AS DECIMAL(38, 0))
                                ELSE CAST(0 AS DECIMAL(38, 0))
                              END,
                              CASE WHEN "t4"."hi_d" > 0 THEN "t4"."hi_d" ELSE CAST(1 AS DECIMAL(38, 0)) END
                            ) * CASE
                              WHEN -(
                                "t4"."hi_n" * "t4"."r"
                              ) < 0
                              THEN CAST(-1 AS DECIMAL(38, 0))
                              ELSE CAST(1 AS DECIMAL(38, 0))
                            END
                          ) - CAST(1 AS DECIMAL(38, 0))
                        END AS "segment_high",
                        "t4"."wanted_mark" <= "t4"."low" AS "all_suffice",
                        CASE
                          WHEN CASE
                            WHEN "t4"."wanted_mark" > "t4"."high"
                            THEN "t4"."high"
                            ELSE "t4"."wanted_mark"
                          END < "t4"."low"
                          THEN "t4"."low"
                          ELSE CASE
                            WHEN "t4"."wanted_mark" > "t4"."high"
                            THEN "t4"."high"
                            ELSE "t4"."wanted_mark"
                          END
                        END AS "reach"
                      FROM (
                        SELECT
                          "t2"."period",
                          "t2"."track",
                          "t2"."unit",
                          "t2"."indicator",
                          "t2"."dimension",
                          "t2"."mark",
                          "t2"."actual",
                          "t2"."target",
                          "t2"."base",
                          "t2"."p",
                          "t2"."r",
                          "t2"."looks_at",
                          "t2"."grid",
                          "t2"."counts",
                          "t2"."wanted_mark",
                          "t3"."indicator" AS "indicator_right",
                          "t3"."present",
                          "t3"."segment",
                          "t3"."lo_n",
                          "t3"."lo_d",
                          "t3"."hi_n",
                          "t3"."hi_d",
                          "t3"."a",
                          "t3"."b",
                          "t3"."c",
                          "t3"."whole",
                          "t3"."u",
                          "t3"."v",
                          "t3"."w",
                          "t3"."low",
                          "t3"."high",
                          "t3"."strikes",
                          "t3"."digits",
                          "t3"."mark_unit"
                        FROM "least" AS "t2"
                        INNER JOIN "segments" AS "t3"
                          ON "t2"."indicator" = "t3"."indicator"
                          AND "t3"."present" = TRUE
                          AND "t3"."high" >= "t2"."wanted_mark"
                      ) AS "t4"
                    ) AS "t5"
                  ) AS "t6"
                ) AS "t7"
              ) AS "t8"
            ) AS "t9"
            WHERE
              "t9"."p_low" <= "t9"."p_high"
          ) AS "t10"
        ) AS "t11"
        WHERE
          "t11"."n_low" <= "t11"."n_high"
      ) AS "t12"
    ) AS "t13"
  ) AS "t14"
  GROUP BY
    1,
    2,
    3,
    4
) AS "t15"

-- step marks
SELECT
  "t12".*
  EXCLUDE ("seq")
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t10"."period",
      "t10"."track",
      "t10"."unit",
      "t10"."dimension",
      "t10"."indicator",
      "t10"."actual",
      "t10"."target",
      CASE
        WHEN "t10"."present" AND NOT (
          "t10"."looks_at" IN ('count', 'mark')
        )
        THEN "t10"."ratio"
        ELSE CAST(NULL AS DECIMAL(38, 0))
      END AS "x",
      "t10"."full_units" AS "full",
      "t10"."mark",
      CASE
        WHEN (
          "t10"."full_units" - "t10"."mark"
        ) < CAST(0 AS DECIMAL(38, 0))
        THEN CAST(0 AS DECIMAL(38, 0))
        ELSE "t10"."full_units" - "t10"."mark"
      END AS "lost",
      "t10"."state",
      CASE
        WHEN "t10"."exempt" IS NOT NULL
        THEN '经批准本期免考:' || COALESCE("t10"."exempt", '')
        WHEN "t10"."present"
        THEN "t10"."counted" || CASE
          WHEN NOT (
            "t10"."shows_mark"
          )
          THEN ''
          WHEN "t10"."free" > "t10"."high"
          THEN ',超过上限 ' || "t10"."high_text" || ',按上限计 ' || "t10"."mark_text"
          WHEN "t10"."free" < "t10"."low"
          THEN ',低于下限 ' || "t10"."low_text" || ',按下限计 ' || "t10"."mark_text"
          WHEN "t10"."rounded"
          THEN ' ≈ ' || "t10"."mark_text"
          ELSE "t10"."result" || "t10"."mark_text"
        END
        WHEN "t10"."is_veto"
        THEN '未报,按未发生计'
        ELSE CASE
          WHEN "t10"."actual" IS NULL
          THEN '未报实际值'
          WHEN "t10"."looks_at" IN ('attainment', 'deviation', 'difference')
          AND (
            "t10"."target" IS NULL
          )
          THEN '没有目标值'
          WHEN "t10"."looks_at" IN ('attainment', 'deviation', 'difference')
          THEN '目标值为 0,不能作除数'
          WHEN "t10"."base" IS NULL
          THEN '没有对比基数'
          ELSE '对比基数为 0,不能作除数'
        END || CASE
          WHEN "t10"."policy" = 'zero'
          THEN ',按规定计 ' || "t10"."mark_text"
          WHEN "t10"."policy" = 'exempt'
          THEN ',按规定免考,所在维度按其余指标的满分折算'
          ELSE ',本项暂无得分,总分为暂定'
        END
      END || CASE
        WHEN "t10"."target_note" IS NOT NULL
        THEN ';目标说明:' || COALESCE("t10"."target_note", '')
        ELSE ''
      END AS "because",
      "t10"."seq"
    FROM (
      SELECT
        "t9"."period",
        "t9"."track",
        "t9"."unit",
        "t9"."indicator",
        "t9"."seq",
        "t9"."dimension",
        "t9"."is_veto",
        "t9"."actual",
        "t9"."target",
        "t9"."base",
        "t9"."exempt",
        "t9"."target_note",
        "t9"."looks_at",
        "t9"."policy",
        "t9"."present",
        "t9"."p",
        "t9"."r",
        "t9"."segment",
        "t9"."free",
        "t9"."low",
        "t9"."high",
        "t9"."mark",
        "t9"."state",
        "t9"."strikes",
        "t9"."full_units",
        "t9"."full_scaled",
        "t9"."grid",
        "t9"."counts",
        "t9"."effect",
        "t9"."limit_units",
        "t9"."digits",
        "t9"."mark_unit",
        "t9"."text1",
        "t9"."text2",
        "t9"."text3",
        "t9"."text4",
        "t9"."again",
        "t9"."result",
        "t9"."low_text",
        "t9"."high_text",
        "t9"."x_a",
        "t9"."x_b",
        "t9"."x_c",
        "t9"."y_a",
        "t9"."y_b",
        "t9"."y_c",
        "t9"."has_x",
        "t9"."has_y",
        "t9"."y_whole",
        "t9"."shows_mark",
        "t9"."x_n",
        "t9"."x_d",
        "t9"."y_n",
        "t9"."y_d",
        "t9"."ratio",
        "t9"."x_units",
        "t9"."y_units",
        "t9"."ratio_exact",
        "t9"."x_exact",
        "t9"."y_exact",
        "t9"."mark_text",
        "t9"."ratio_text",
        "t9"."x_text",
        "t9"."y_text",
        "t9"."actual_text",
        "t9"."target_text",
        "t9"."base_text",
        "t9"."actual_operand",
        "t9"."target_operand",
        "t9"."base_operand",
        CASE
          WHEN "t9"."looks_at" = 'actual'
          THEN '实际值 ' || "t9"."actual_text"
          WHEN "t9"."looks_at" = 'attainment'
          THEN '完成率 ' || "t9"."actual_operand" || ' ÷ ' || "t9"."target_operand" || "t9"."ratio_text"
          WHEN "t9"."looks_at" = 'deviation'
          THEN '偏差率 [' || "t9"."actual_operand" || ' − ' || "t9"."target_operand" || '] ÷ |' || "t9"."target_text" || '|' || "t9"."ratio_text"
          WHEN "t9"."looks_at" = 'difference'
          THEN '差值 ' || "t9"."actual_operand" || ' − ' || "t9"."target_operand" || "t9"."ratio_text"
          WHEN "t9"."looks_at" = 'growth'
          THEN '增长率 [' || "t9"."actual_operand" || ' − ' || "t9"."base_operand" || '] ÷ |' || "t9"."base_text" || '|' || "t9"."ratio_text"
          ELSE ''
        END || "t9"."text1" || CASE
          WHEN "t9"."has_x"
          THEN CASE WHEN "t9"."x_exact" THEN ' ' ELSE '约 ' END || "t9"."x_text"
          ELSE ''
        END || "t9"."text2" || CASE
          WHEN "t9"."has_y"
          THEN CASE WHEN "t9"."y_exact" THEN ' ' ELSE '约 ' END || "t9"."y_text"
          ELSE ''
        END || "t9"."text3" || CASE
          WHEN "t9"."again" = 'x'
          THEN "t9"."x_text"
          WHEN "t9"."again" = 'y'
          THEN "t9"."y_text"
          ELSE ''
        END || "t9"."text4" AS "counted",
        (
          (
            "t9"."again" = 'x'
          ) AND NOT (
            "t9"."x_exact"
          )
        )
        OR (
          (
            "t9"."again" = 'y'
          ) AND NOT (
            "t9"."y_exact"
          )
        ) AS "rounded"
      FROM (
        SELECT
          "t8"."period",
          "t8"."track",
          "t8"."unit",
          "t8"."indicator",
          "t8"."seq",
          "t8"."dimension",
          "t8"."is_veto",
          "t8"."actual",
          "t8"."target",
          "t8"."base",
          "t8"."exempt",
          "t8"."target_note",
          "t8"."looks_at",
          "t8"."policy",
          "t8"."present",
          "t8"."p",
          "t8"."r",
          "t8"."segment",
          "t8"."free",
          "t8"."low",
          "t8"."high",
          "t8"."mark",
          "t8"."state",
          "t8"."strikes",
          "t8"."full_units",
          "t8"."full_scaled",
          "t8"."grid",
          "t8"."counts",
          "t8"."effect",
          "t8"."limit_units",
          "t8"."digits",
          "t8"."mark_unit",
          "t8"."text1",
          "t8"."text2",
          "t8"."text3",
          "t8"."text4",
          "t8"."again",
          "t8"."result",
          "t8"."low_text",
          "t8"."high_text",
          "t8"."x_a",
          "t8"."x_b",
          "t8"."x_c",
          "t8"."y_a",
          "t8"."y_b",
          "t8"."y_c",
          "t8"."has_x",
          "t8"."has_y",
          "t8"."y_whole",
          "t8"."shows_mark",
          "t8"."x_n",
          "t8"."x_d",
          "t8"."y_n",
          "t8"."y_d",
          "t8"."ratio",
          "t8"."x_units",
          "t8"."y_units",
          "t8"."ratio_exact",
          "t8"."x_exact",
          "t8"."y_exact",
          "t8"."mark_text",
          "t8"."ratio_text",
          "t8"."x_text",
          "t8"."y_text",
          "t8"."actual_text",
          "t8"."target_text",
          "t8"."base_text",
          CASE
            WHEN COALESCE("t8"."actual" < 0, FALSE)
            THEN '(' || "t8"."actual_text" || ')'
            ELSE "t8"."actual_text"
          END AS "actual_operand",
          CASE
            WHEN COALESCE("t8"."target" < 0, FALSE)
            THEN '(' || "t8"."target_text" || ')'
            ELSE "t8"."target_text"
          END AS "target_operand",
          CASE
            WHEN COALESCE("t8"."base" < 0, FALSE)
            THEN '(' || "t8"."base_text" || ')'
            ELSE "t8"."base_text"
          END AS "base_operand"
        FROM (
          SELECT
            "t7"."period",
            "t7"."track",
            "t7"."unit",
            "t7"."indicator",
            "t7"."seq",
            "t7"."dimension",
            "t7"."is_veto",
            "t7"."actual",
            "t7"."target",
            "t7"."base",
            "t7"."exempt",
            "t7"."target_note",
            "t7"."looks_at",
            "t7"."policy",
            "t7"."present",
            "t7"."p",
            "t7"."r",
            "t7"."segment",
            "t7"."free",
            "t7"."low",
            "t7"."high",
            "t7"."mark",
            "t7"."state",
            "t7"."strikes",
            "t7"."full_units",
            "t7"."full_scaled",
            "t7"."grid",
            "t7"."counts",
            "t7"."effect",
            "t7"."limit_units",
            "t7"."digits",
            "t7"."mark_unit",
            "t7"."text1",
            "t7"."text2",
            "t7"."text3",
            "t7"."text4",
            "t7"."again",
            "t7"."result",
            "t7"."low_text",
            "t7"."high_text",
            "t7"."x_a",
            "t7"."x_b",
            "t7"."x_c",
            "t7"."y_a",
            "t7"."y_b",
            "t7"."y_c",
            "t7"."has_x",
            "t7"."has_y",
            "t7"."y_whole",
            "t7"."shows_mark",
            "t7"."x_n",
            "t7"."x_d",
            "t7"."y_n",
            "t7"."y_d",
            "t7"."ratio",
            "t7"."x_units",
            "t7"."y_units",
            "t7"."ratio_exact",
            "t7"."x_exact",
            "t7"."y_exact",
            COALESCE(
              CASE WHEN "t7"."mark" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t7"."mark"), "t7"."mark_unit") AS TEXT) || CASE
                WHEN "t7"."digits" > 0
                THEN '.' || CASE
                  WHEN "t7"."digits" <= LENGTH(
                    CAST(ABS("t7"."mark") - (
                      RONGHE_QUOTIENT(ABS("t7"."mark"), "t7"."mark_unit") * "t7"."mark_unit"
                    ) AS TEXT)
                  )
                  THEN CAST(ABS("t7"."mark") - (
                    RONGHE_QUOTIENT(ABS("t7"."mark"), "t7"."mark_unit") * "t7"."mark_unit"
                  ) AS TEXT)
                  ELSE REPEAT(
                    '0',
                    "t7"."digits" - LENGTH(
                      CAST(ABS("t7"."mark") - (
                        RONGHE_QUOTIENT(ABS("t7"."mark"), "t7"."mark_unit") * "t7"."mark_unit"
                      ) AS TEXT)
                    )
                  ) || CAST(ABS("t7"."mark") - (
                    RONGHE_QUOTIENT(ABS("t7"."mark"), "t7"."mark_unit") * "t7"."mark_unit"
                  ) AS TEXT)
                END
                ELSE ''
              END,
              ''
            ) AS "mark_text",
            CASE WHEN "t7"."ratio_exact" THEN ' = ' ELSE ' ≈ ' END || CASE
              WHEN 6 > 0
              THEN REGEXP_REPLACE(
                CASE WHEN "t7"."ratio" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t7"."ratio"), CAST(1000000 AS DECIMAL(38, 0))) AS TEXT) || CASE
                  WHEN 6 > 0
                  THEN '.' || CASE
                    WHEN 6 <= LENGTH(
                      CAST(ABS("t7"."ratio") - (
                        RONGHE_QUOTIENT(ABS("t7"."ratio"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                    )
                    THEN CAST(ABS("t7"."ratio") - (
                      RONGHE_QUOTIENT(ABS("t7"."ratio"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                    ) AS TEXT)
                    ELSE REPEAT(
                      '0',
                      6 - LENGTH(
                        CAST(ABS("t7"."ratio") - (
                          RONGHE_QUOTIENT(ABS("t7"."ratio"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                        ) AS TEXT)
                      )
                    ) || CAST(ABS("t7"."ratio") - (
                      RONGHE_QUOTIENT(ABS("t7"."ratio"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                    ) AS TEXT)
                  END
                  ELSE ''
                END,
                '\.?0+$',
                '',
                'g'
              )
              ELSE CASE WHEN "t7"."ratio" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t7"."ratio"), CAST(1000000 AS DECIMAL(38, 0))) AS TEXT) || CASE
                WHEN 6 > 0
                THEN '.' || CASE
                  WHEN 6 <= LENGTH(
                    CAST(ABS("t7"."ratio") - (
                      RONGHE_QUOTIENT(ABS("t7"."ratio"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                    ) AS TEXT)
                  )
                  THEN CAST(ABS("t7"."ratio") - (
                    RONGHE_QUOTIENT(ABS("t7"."ratio"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                  ) AS TEXT)
                  ELSE REPEAT(
                    '0',
                    6 - LENGTH(
                      CAST(ABS("t7"."ratio") - (
                        RONGHE_QUOTIENT(ABS("t7"."ratio"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                    )
                  ) || CAST(ABS("t7"."ratio") - (
                    RONGHE_QUOTIENT(ABS("t7"."ratio"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                  ) AS TEXT)
                END
                ELSE ''
              END
            END AS "ratio_text",
            CASE
              WHEN "t7"."has_x"
              THEN CASE
                WHEN 6 > 0
                THEN REGEXP_REPLACE(
                  CASE WHEN "t7"."x_units" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t7"."x_units"), CAST(1000000 AS DECIMAL(38, 0))) AS TEXT) || CASE
                    WHEN 6 > 0
                    THEN '.' || CASE
                      WHEN 6 <= LENGTH(
                        CAST(ABS("t7"."x_units") - (
                          RONGHE_QUOTIENT(ABS("t7"."x_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                        ) AS TEXT)
                      )
                      THEN CAST(ABS("t7"."x_units") - (
                        RONGHE_QUOTIENT(ABS("t7"."x_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                      ELSE REPEAT(
                        '0',
                        6 - LENGTH(
                          CAST(ABS("t7"."x_units") - (
                            RONGHE_QUOTIENT(ABS("t7"."x_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                          ) AS TEXT)
                        )
                      ) || CAST(ABS("t7"."x_units") - (
                        RONGHE_QUOTIENT(ABS("t7"."x_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                    END
                    ELSE ''
                  END,
                  '\.?0+$',
                  '',
                  'g'
                )
                ELSE CASE WHEN "t7"."x_units" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t7"."x_units"), CAST(1000000 AS DECIMAL(38, 0))) AS TEXT) || CASE
                  WHEN 6 > 0
                  THEN '.' || CASE
                    WHEN 6 <= LENGTH(
                      CAST(ABS("t7"."x_units") - (
                        RONGHE_QUOTIENT(ABS("t7"."x_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                    )
                    THEN CAST(ABS("t7"."x_units") - (
                      RONGHE_QUOTIENT(ABS("t7"."x_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                    ) AS TEXT)
                    ELSE REPEAT(
                      '0',
                      6 - LENGTH(
                        CAST(ABS("t7"."x_units") - (
                          RONGHE_QUOTIENT(ABS("t7"."x_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                        ) AS TEXT)
                      )
                    ) || CAST(ABS("t7"."x_units") - (
                      RONGHE_QUOTIENT(ABS("t7"."x_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                    ) AS TEXT)
                  END
                  ELSE ''
                END
              END
              ELSE ''
            END AS "x_text",
            CASE
              WHEN "t7"."has_y"
              THEN CASE
                WHEN 6 > 0
                THEN REGEXP_REPLACE(
                  CASE WHEN "t7"."y_units" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t7"."y_units"), CAST(1000000 AS DECIMAL(38, 0))) AS TEXT) || CASE
                    WHEN 6 > 0
                    THEN '.' || CASE
                      WHEN 6 <= LENGTH(
                        CAST(ABS("t7"."y_units") - (
                          RONGHE_QUOTIENT(ABS("t7"."y_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                        ) AS TEXT)
                      )
                      THEN CAST(ABS("t7"."y_units") - (
                        RONGHE_QUOTIENT(ABS("t7"."y_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                      ELSE REPEAT(
                        '0',
                        6 - LENGTH(
                          CAST(ABS("t7"."y_units") - (
                            RONGHE_QUOTIENT(ABS("t7"."y_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                          ) AS TEXT)
                        )
                      ) || CAST(ABS("t7"."y_units") - (
                        RONGHE_QUOTIENT(ABS("t7"."y_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                    END
                    ELSE ''
                  END,
                  '\.?0+$',
                  '',
                  'g'
                )
                ELSE CASE WHEN "t7"."y_units" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t7"."y_units"), CAST(1000000 AS DECIMAL(38, 0))) AS TEXT) || CASE
                  WHEN 6 > 0
                  THEN '.' || CASE
                    WHEN 6 <= LENGTH(
                      CAST(ABS("t7"."y_units") - (
                        RONGHE_QUOTIENT(ABS("t7"."y_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                    )
                    THEN CAST(ABS("t7"."y_units") - (
                      RONGHE_QUOTIENT(ABS("t7"."y_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                    ) AS TEXT)
                    ELSE REPEAT(
                      '0',
                      6 - LENGTH(
                        CAST(ABS("t7"."y_units") - (
                          RONGHE_QUOTIENT(ABS("t7"."y_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                        ) AS TEXT)
                      )
                    ) || CAST(ABS("t7"."y_units") - (
                      RONGHE_QUOTIENT(ABS("t7"."y_units"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                    ) AS TEXT)
                  END
                  ELSE ''
                END
              END
              ELSE ''
            END AS "y_text",
            COALESCE(
              CASE
                WHEN 6 > 0
                THEN REGEXP_REPLACE(
                  CASE WHEN "t7"."actual" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t7"."actual"), CAST(1000000 AS DECIMAL(38, 0))) AS TEXT) || CASE
                    WHEN 6 > 0
                    THEN '.' || CASE
                      WHEN 6 <= LENGTH(
                        CAST(ABS("t7"."actual") - (
                          RONGHE_QUOTIENT(ABS("t7"."actual"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                        ) AS TEXT)
                      )
                      THEN CAST(ABS("t7"."actual") - (
                        RONGHE_QUOTIENT(ABS("t7"."actual"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                      ELSE REPEAT(
                        '0',
                        6 - LENGTH(
                          CAST(ABS("t7"."actual") - (
                            RONGHE_QUOTIENT(ABS("t7"."actual"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                          ) AS TEXT)
                        )
                      ) || CAST(ABS("t7"."actual") - (
                        RONGHE_QUOTIENT(ABS("t7"."actual"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                    END
                    ELSE ''
                  END,
                  '\.?0+$',
                  '',
                  'g'
                )
                ELSE CASE WHEN "t7"."actual" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t7"."actual"), CAST(1000000 AS DECIMAL(38, 0))) AS TEXT) || CASE
                  WHEN 6 > 0
                  THEN '.' || CASE
                    WHEN 6 <= LENGTH(
                      CAST(ABS("t7"."actual") - (
                        RONGHE_QUOTIENT(ABS("t7"."actual"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                    )
                    THEN CAST(ABS("t7"."actual") - (
                      RONGHE_QUOTIENT(ABS("t7"."actual"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                    ) AS TEXT)
                    ELSE REPEAT(
                      '0',
                      6 - LENGTH(
                        CAST(ABS("t7"."actual") - (
                          RONGHE_QUOTIENT(ABS("t7"."actual"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                        ) AS TEXT)
                      )
                    ) || CAST(ABS("t7"."actual") - (
                      RONGHE_QUOTIENT(ABS("t7"."actual"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                    ) AS TEXT)
                  END
                  ELSE ''
                END
              END,
              ''
            ) AS "actual_text",
            COALESCE(
              CASE
                WHEN 6 > 0
                THEN REGEXP_REPLACE(
                  CASE WHEN "t7"."target" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t7"."target"), CAST(1000000 AS DECIMAL(38, 0))) AS TEXT) || CASE
                    WHEN 6 > 0
                    THEN '.' || CASE
                      WHEN 6 <= LENGTH(
                        CAST(ABS("t7"."target") - (
                          RONGHE_QUOTIENT(ABS("t7"."target"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                        ) AS TEXT)
                      )
                      THEN CAST(ABS("t7"."target") - (
                        RONGHE_QUOTIENT(ABS("t7"."target"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                      ELSE REPEAT(
                        '0',
                        6 - LENGTH(
                          CAST(ABS("t7"."target") - (
                            RONGHE_QUOTIENT(ABS("t7"."target"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                          ) AS TEXT)
                        )
                      ) || CAST(ABS("t7"."target") - (
                        RONGHE_QUOTIENT(ABS("t7"."target"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                    END
                    ELSE ''
                  END,
                  '\.?0+$',
                  '',
                  'g'
                )
                ELSE CASE WHEN "t7"."target" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t7"."target"), CAST(1000000 AS DECIMAL(38, 0))) AS TEXT) || CASE
                  WHEN 6 > 0
                  THEN '.' || CASE
                    WHEN 6 <= LENGTH(
                      CAST(ABS("t7"."target") - (
                        RONGHE_QUOTIENT(ABS("t7"."target"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                    )
                    THEN CAST(ABS("t7"."target") - (
                      RONGHE_QUOTIENT(ABS("t7"."target"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                    ) AS TEXT)
                    ELSE REPEAT(
                      '0',
                      6 - LENGTH(
                        CAST(ABS("t7"."target") - (
                          RONGHE_QUOTIENT(ABS("t7"."target"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                        ) AS TEXT)
                      )
                    ) || CAST(ABS("t7"."target") - (
                      RONGHE_QUOTIENT(ABS("t7"."target"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                    ) AS TEXT)
                  END
                  ELSE ''
                END
              END,
              ''
            ) AS "target_text",
            COALESCE(
              CASE
                WHEN 6 > 0
                THEN REGEXP_REPLACE(
                  CASE WHEN "t7"."base" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t7"."base"), CAST(1000000 AS DECIMAL(38, 0))) AS TEXT) || CASE
                    WHEN 6 > 0
                    THEN '.' || CASE
                      WHEN 6 <= LENGTH(
                        CAST(ABS("t7"."base") - (
                          RONGHE_QUOTIENT(ABS("t7"."base"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                        ) AS TEXT)
                      )
                      THEN CAST(ABS("t7"."base") - (
                        RONGHE_QUOTIENT(ABS("t7"."base"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                      ELSE REPEAT(
                        '0',
                        6 - LENGTH(
                          CAST(ABS("t7"."base") - (
                            RONGHE_QUOTIENT(ABS("t7"."base"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                          ) AS TEXT)
                        )
                      ) || CAST(ABS("t7"."base") - (
                        RONGHE_QUOTIENT(ABS("t7"."base"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                    END
                    ELSE ''
                  END,
                  '\.?0+$',
                  '',
                  'g'
                )
                ELSE CASE WHEN "t7"."base" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t7"."base"), CAST(1000000 AS DECIMAL(38, 0))) AS TEXT) || CASE
                  WHEN 6 > 0
                  THEN '.' || CASE
                    WHEN 6 <= LENGTH(
                      CAST(ABS("t7"."base") - (
                        RONGHE_QUOTIENT(ABS("t7"."base"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                      ) AS TEXT)
                    )
                    THEN CAST(ABS("t7"."base") - (
                      RONGHE_QUOTIENT(ABS("t7"."base"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                    ) AS TEXT)
                    ELSE REPEAT(
                      '0',
                      6 - LENGTH(
                        CAST(ABS("t7"."base") - (
                          RONGHE_QUOTIENT(ABS("t7"."base"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                        ) AS TEXT)
                      )
                    ) || CAST(ABS("t7"."base") - (
                      RONGHE_QUOTIENT(ABS("t7"."base"), CAST(1000000 AS DECIMAL(38, 0))) * CAST(1000000 AS DECIMAL(38, 0))
                    ) AS TEXT)
                  END
                  ELSE ''
                END
              END,
              ''
            ) AS "base_text"
          FROM (
            SELECT
              "t6"."period",
              "t6"."track",
              "t6"."unit",
              "t6"."indicator",
              "t6"."seq",
              "t6"."dimension",
              "t6"."is_veto",
              "t6"."actual",
              "t6"."target",
              "t6"."base",
              "t6"."exempt",
              "t6"."target_note",
              "t6"."looks_at",
              "t6"."policy",
              "t6"."present",
              "t6"."p",
              "t6"."r",
              "t6"."segment",
              "t6"."free",
              "t6"."low",
              "t6"."high",
              "t6"."mark",
              "t6"."state",
              "t6"."strikes",
              "t6"."full_units",
              "t6"."full_scaled",
              "t6"."grid",
              "t6"."counts",
              "t6"."effect",
              "t6"."limit_units",
              "t6"."digits",
              "t6"."mark_unit",
              "t6"."text1",
              "t6"."text2",
              "t6"."text3",
              "t6"."text4",
              "t6"."again",
              "t6"."result",
              "t6"."low_text",
              "t6"."high_text",
              "t6"."x_a",
              "t6"."x_b",
              "t6"."x_c",
              "t6"."y_a",
              "t6"."y_b",
              "t6"."y_c",
              "t6"."has_x",
              "t6"."has_y",
              "t6"."y_whole",
              "t6"."shows_mark",
              "t6"."x_n",
              "t6"."x_d",
              "t6"."y_n",
              "t6"."y_d",
              "t6"."ratio",
              "t6"."x_units",
              "t6"."y_units",
              (
                "t6"."ratio" * "t6"."r"
              ) = (
                "t6"."p" * CAST(1000000 AS DECIMAL(38, 0))
              ) AS "ratio_exact",
              (
                "t6"."x_units" * "t6"."x_d"
              ) = (
                "t6"."x_n" * CAST(1000000 AS DECIMAL(38, 0))
              ) AS "x_exact",
              "t6"."y_whole"
              OR (
                (
                  "t6"."y_units" * "t6"."y_d"
                ) = (
                  "t6"."y_n" * CAST(1000000 AS DECIMAL(38, 0))
                )
              ) AS "y_exact"
            FROM (
              SELECT
                "t5"."period",
                "t5"."track",
                "t5"."unit",
                "t5"."indicator",
                "t5"."seq",
                "t5"."dimension",
                "t5"."is_veto",
                "t5"."actual",
                "t5"."target",
                "t5"."base",
                "t5"."exempt",
                "t5"."target_note",
                "t5"."looks_at",
                "t5"."policy",
                "t5"."present",
                "t5"."p",
                "t5"."r",
                "t5"."segment",
                "t5"."free",
                "t5"."low",
                "t5"."high",
                "t5"."mark",
                "t5"."state",
                "t5"."strikes",
                "t5"."full_units",
                "t5"."full_scaled",
                "t5"."grid",
                "t5"."counts",
                "t5"."effect",
                "t5"."limit_units",
                "t5"."digits",
                "t5"."mark_unit",
                "t5"."text1",
                "t5"."text2",
                "t5"."text3",
                "t5"."text4",
                "t5"."again",
                "t5"."result",
                "t5"."low_text",
                "t5"."high_text",
                "t5"."x_a",
                "t5"."x_b",
                "t5"."x_c",
                "t5"."y_a",
                "t5"."y_b",
                "t5"."y_c",
                "t5"."has_x",
                "t5"."has_y",
                "t5"."y_whole",
                "t5"."shows_mark",
                "t5"."x_n",
                "t5"."x_d",
                "t5"."y_n",
                "t5"."y_d",
                RONGHE_QUOTIENT(
                  (
                    ABS("t5"."p" * CAST(1000000 AS DECIMAL(38, 0))) * CAST(2 AS DECIMAL(38, 0))
                  ) + "t5"."r",
                  "t5"."r" * CAST(2 AS DECIMAL(38, 0))
                ) * CASE
                  WHEN (
                    "t5"."p" * CAST(1000000 AS DECIMAL(38, 0))
                  ) < 0
                  THEN CAST(-1 AS DECIMAL(38, 0))
                  ELSE CAST(1 AS DECIMAL(38, 0))
                END AS "ratio",
                RONGHE_QUOTIENT(
                  (
                    ABS("t5"."x_n" * CAST(1000000 AS DECIMAL(38, 0))) * CAST(2 AS DECIMAL(38, 0))
                  ) + "t5"."x_d",
                  "t5"."x_d" * CAST(2 AS DECIMAL(38, 0))
                ) * CASE
                  WHEN (
                    "t5"."x_n" * CAST(1000000 AS DECIMAL(38, 0))
                  ) < 0
                  THEN CAST(-1 AS DECIMAL(38, 0))
                  ELSE CAST(1 AS DECIMAL(38, 0))
                END AS "x_units",
                CASE
                  WHEN "t5"."y_whole"
                  THEN RONGHE_QUOTIENT("t5"."y_n", "t5"."y_d") * CAST(1000000 AS DECIMAL(38, 0))
                  ELSE RONGHE_QUOTIENT(
                    (
                      ABS("t5"."y_n" * CAST(1000000 AS DECIMAL(38, 0))) * CAST(2 AS DECIMAL(38, 0))
                    ) + "t5"."y_d",
                    "t5"."y_d" * CAST(2 AS DECIMAL(38, 0))
                  ) * CASE
                    WHEN (
                      "t5"."y_n" * CAST(1000000 AS DECIMAL(38, 0))
                    ) < 0
                    THEN CAST(-1 AS DECIMAL(38, 0))
                    ELSE CAST(1 AS DECIMAL(38, 0))
                  END
                END AS "y_units"
              FROM (
                SELECT
                  "t4"."period",
                  "t4"."track",
                  "t4"."unit",
                  "t4"."indicator",
                  "t4"."seq",
                  "t4"."dimension",
                  "t4"."is_veto",
                  "t4"."actual",
                  "t4"."target",
                  "t4"."base",
                  "t4"."exempt",
                  "t4"."target_note",
                  "t4"."looks_at",
                  "t4"."policy",
                  "t4"."present",
                  "t4"."p",
                  "t4"."r",
                  "t4"."segment",
                  "t4"."free",
                  "t4"."low",
                  "t4"."high",
                  "t4"."mark",
                  "t4"."state",
                  "t4"."strikes",
                  "t4"."full_units",
                  "t4"."full_scaled",
                  "t4"."grid",
                  "t4"."counts",
                  "t4"."effect",
                  "t4"."limit_units",
                  "t4"."digits",
                  "t4"."mark_unit",
                  "t4"."text1",
                  "t4"."text2",
                  "t4"."text3",
                  "t4"."text4",
                  "t4"."again",
                  "t4"."result",
                  "t4"."low_text",
                  "t4"."high_text",
                  "t4"."x_a",
                  "t4"."x_b",
                  "t4"."x_c",
                  "t4"."y_a",
                  "t4"."y_b",
                  "t4"."y_c",
                  "t4"."has_x",
                  "t4"."has_y",
                  "t4"."y_whole",
                  "t4"."shows_mark",
                  ABS((
                    "t4"."x_a" * "t4"."p"
                  ) + (
                    "t4"."x_b" * "t4"."r"
                  )) AS "x_n",
                  "t4"."x_c" * "t4"."r" AS "x_d",
                  ABS((
                    "t4"."y_a" * "t4"."p"
                  ) + (
                    "t4"."y_b" * "t4"."r"
                  )) AS "y_n",
                  "t4"."y_c" * "t4"."r" AS "y_d"
                FROM (
                  SELECT
                    "t2"."period",
                    "t2"."track",
                    "t2"."unit",
                    "t2"."indicator",
                    "t2"."seq",
                    "t2"."dimension",
                    "t2"."is_veto",
                    "t2"."actual",
                    "t2"."target",
                    "t2"."base",
                    "t2"."exempt",
                    "t2"."target_note",
                    "t2"."looks_at",
                    "t2"."policy",
                    "t2"."present",
                    "t2"."p",
                    "t2"."r",
                    "t2"."segment",
                    "t2"."free",
                    "t2"."low",
                    "t2"."high",
                    "t2"."mark",
                    "t2"."state",
                    "t2"."strikes",
                    "t2"."full_units",
                    "t2"."full_scaled",
                    "t2"."grid",
                    "t2"."counts",
                    "t2"."effect",
                    "t2"."limit_units",
                    "t2"."digits",
                    "t2"."mark_unit",
                    "t3"."text1",
                    "t3"."text2",
                    "t3"."text3",
                    "t3"."text4",
                    "t3"."again",
                    "t3"."result",
                    "t3"."low_text",
                    "t3"."high_text",
                    "t3"."x_a",
                    "t3"."x_b",
                    "t3"."x_c",
                    "t3"."y_a",
                    "t3"."y_b",
                    "t3"."y_c",
                    "t3"."has_x",
                    "t3"."has_y",
                    "t3"."y_whole",
                    "t3"."shows_mark"
                  FROM "marked" AS "t2"
                  INNER JOIN "sentences" AS "t3"
                    ON "t2"."indicator" = "t3"."indicator"
                    AND "t2"."present" = "t3"."present"
                    AND "t2"."segment" = "t3"."segment"
                ) AS "t4"
              ) AS "t5"
            ) AS "t6"
          ) AS "t7"
        ) AS "t8"
      ) AS "t9"
    ) AS "t10"
  ) AS "t11"
  ORDER BY
    "t11"."period" ASC,
    "t11"."track" ASC,
    "t11"."unit" ASC,
    "t11"."seq" ASC
) AS "t12"

-- step dimension_reasons
SELECT
  *
FROM (
  SELECT
    "t17"."period",
    "t17"."track",
    "t17"."unit",
    "t17"."seq",
    "t17"."subtotal",
    REPLACE(COALESCE("t17"."reason", ''), ';', ';' || "t17"."name" || ':') AS "reason"
  FROM (
    SELECT
      "t8"."period",
      "t8"."track",
      "t8"."unit",
      "t11"."seq",
      "t11"."name",
      "t16"."subtotal",
      "t16"."reason"
    FROM (
      SELECT
        "t0"."period",
        "t0"."track",
        "t0"."unit"
      FROM "totalled" AS "t0"
    ) AS "t8"
    CROSS JOIN (
      SELECT
        "t9"."dimension",
        "t9"."seq",
        "t9"."name"
      FROM (
        SELECT
          *
        FROM "dimensions" AS "t1"
        WHERE
          "t1"."dimension" <> ''
      ) AS "t9"
    ) AS "t11"
    LEFT OUTER JOIN (
      SELECT
        "t14"."period",
        "t14"."track",
        "t14"."unit",
        "t14"."dimension",
        "t14"."subtotal",
        "t14"."reason"
      FROM (
        SELECT
          "t13"."period",
          "t13"."track",
          "t13"."unit",
          "t13"."dimension",
          "t13"."scored",
          "t13"."exempted",
          "t13"."mark_sum",
          "t13"."full_all",
          "t13"."full_left",
          "t13"."missing",
          "t13"."unplaced",
          "t13"."vetoed",
          "t13"."zeroing",
          "t13"."zeroing_total",
          "t13"."veto_limit",
          "t13"."cap",
          "t13"."scales",
          "t13"."left_out",
          "t13"."scaled",
          "t13"."capped",
          "t13"."subtotal",
          "t13"."digits",
          "t13"."mark_unit",
          "t13"."full_digits",
          "t13"."full_unit",
          "t13"."floor_units",
          "t13"."min_peers",
          "t13"."sum_text",
          "t13"."scaled_text",
          "t13"."all_text",
          "t13"."left_text",
          "t13"."cap_text",
          CASE
            WHEN COALESCE("t13"."left_out" AND (
              "t13"."scored" > 0
            ), FALSE)
            THEN ';' || COALESCE('有分值的指标全部免考,不计入总分', '')
            ELSE ''
          END || CASE
            WHEN COALESCE(NOT (
              "t13"."left_out"
            ) AND "t13"."scales", FALSE)
            THEN ';' || COALESCE(
              '有指标免考,' || "t13"."sum_text" || ' × ' || "t13"."all_text" || ' ÷ ' || "t13"."left_text" || ' = ' || "t13"."scaled_text",
              ''
            )
            ELSE ''
          END || CASE
            WHEN COALESCE(
              NOT (
                "t13"."left_out"
              )
              AND (
                "t13"."cap" IS NOT NULL
              )
              AND (
                "t13"."scaled" > "t13"."capped"
              ),
              FALSE
            )
            THEN ';' || COALESCE('合计 ' || "t13"."scaled_text" || ',封顶 ' || "t13"."cap_text", '')
            ELSE ''
          END || CASE
            WHEN COALESCE(NOT (
              "t13"."left_out"
            ) AND (
              "t13"."zeroing" > 0
            ), FALSE)
            THEN ';' || COALESCE('一票否决,计 0 分', '')
            ELSE ''
          END AS "reason"
        FROM (
          SELECT
            "t12"."period",
            "t12"."track",
            "t12"."unit",
            "t12"."dimension",
            "t12"."scored",
            "t12"."exempted",
            "t12"."mark_sum",
            "t12"."full_all",
            "t12"."full_left",
            "t12"."missing",
            "t12"."unplaced",
            "t12"."vetoed",
            "t12"."zeroing",
            "t12"."zeroing_total",
            "t12"."veto_limit",
            "t12"."cap",
            "t12"."scales",
            "t12"."left_out",
            "t12"."scaled",
            "t12"."capped",
            "t12"."subtotal",
            "t12"."digits",
            "t12"."mark_unit",
            "t12"."full_digits",
            "t12"."full_unit",
            "t12"."floor_units",
            "t12"."min_peers",
            COALESCE(
              CASE WHEN "t12"."mark_sum" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t12"."mark_sum"), "t12"."mark_unit") AS TEXT) || CASE
                WHEN "t12"."digits" > 0
                THEN '.' || CASE
                  WHEN "t12"."digits" <= LENGTH(
                    CAST(ABS("t12"."mark_sum") - (
                      RONGHE_QUOTIENT(ABS("t12"."mark_sum"), "t12"."mark_unit") * "t12"."mark_unit"
                    ) AS TEXT)
                  )
                  THEN CAST(ABS("t12"."mark_sum") - (
                    RONGHE_QUOTIENT(ABS("t12"."mark_sum"), "t12"."mark_unit") * "t12"."mark_unit"
                  ) AS TEXT)
                  ELSE REPEAT(
                    '0',
                    "t12"."digits" - LENGTH(
                      CAST(ABS("t12"."mark_sum") - (
                        RONGHE_QUOTIENT(ABS("t12"."mark_sum"), "t12"."mark_unit") * "t12"."mark_unit"
                      ) AS TEXT)
                    )
                  ) || CAST(ABS("t12"."mark_sum") - (
                    RONGHE_QUOTIENT(ABS("t12"."mark_sum"), "t12"."mark_unit") * "t12"."mark_unit"
                  ) AS TEXT)
                END
                ELSE ''
              END,
              ''
            ) AS "sum_text",
            COALESCE(
              CASE WHEN "t12"."scaled" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t12"."scaled"), "t12"."mark_unit") AS TEXT) || CASE
                WHEN "t12"."digits" > 0
                THEN '.' || CASE
                  WHEN "t12"."digits" <= LENGTH(
                    CAST(ABS("t12"."scaled") - (
                      RONGHE_QUOTIENT(ABS("t12"."scaled"), "t12"."mark_unit") * "t12"."mark_unit"
                    ) AS TEXT)
                  )
                  THEN CAST(ABS("t12"."scaled") - (
                    RONGHE_QUOTIENT(ABS("t12"."scaled"), "t12"."mark_unit") * "t12"."mark_unit"
                  ) AS TEXT)
                  ELSE REPEAT(
                    '0',
                    "t12"."digits" - LENGTH(
                      CAST(ABS("t12"."scaled") - (
                        RONGHE_QUOTIENT(ABS("t12"."scaled"), "t12"."mark_unit") * "t12"."mark_unit"
                      ) AS TEXT)
                    )
                  ) || CAST(ABS("t12"."scaled") - (
                    RONGHE_QUOTIENT(ABS("t12"."scaled"), "t12"."mark_unit") * "t12"."mark_unit"
                  ) AS TEXT)
                END
                ELSE ''
              END,
              ''
            ) AS "scaled_text",
            COALESCE(
              CASE
                WHEN "t12"."full_digits" > 0
                THEN REGEXP_REPLACE(
                  CASE WHEN "t12"."full_all" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t12"."full_all"), "t12"."full_unit") AS TEXT) || CASE
                    WHEN "t12"."full_digits" > 0
                    THEN '.' || CASE
                      WHEN "t12"."full_digits" <= LENGTH(
                        CAST(ABS("t12"."full_all") - (
                          RONGHE_QUOTIENT(ABS("t12"."full_all"), "t12"."full_unit") * "t12"."full_unit"
                        ) AS TEXT)
                      )
                      THEN CAST(ABS("t12"."full_all") - (
                        RONGHE_QUOTIENT(ABS("t12"."full_all"), "t12"."full_unit") * "t12"."full_unit"
                      ) AS TEXT)
                      ELSE REPEAT(
                        '0',
                        "t12"."full_digits" - LENGTH(
                          CAST(ABS("t12"."full_all") - (
                            RONGHE_QUOTIENT(ABS("t12"."full_all"), "t12"."full_unit") * "t12"."full_unit"
                          ) AS TEXT)
                        )
                      ) || CAST(ABS("t12"."full_all") - (
                        RONGHE_QUOTIENT(ABS("t12"."full_all"), "t12"."full_unit") * "t12"."full_unit"
                      ) AS TEXT)
                    END
                    ELSE ''
                  END,
                  '\.?0+$',
                  '',
                  'g'
                )
                ELSE CASE WHEN "t12"."full_all" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t12"."full_all"), "t12"."full_unit") AS TEXT) || CASE
                  WHEN "t12"."full_digits" > 0
                  THEN '.' || CASE
                    WHEN "t12"."full_digits" <= LENGTH(
                      CAST(ABS("t12"."full_all") - (
                        RONGHE_QUOTIENT(ABS("t12"."full_all"), "t12"."full_unit") * "t12"."full_unit"
                      ) AS TEXT)
                    )
                    THEN CAST(ABS("t12"."full_all") - (
                      RONGHE_QUOTIENT(ABS("t12"."full_all"), "t12"."full_unit") * "t12"."full_unit"
                    ) AS TEXT)
                    ELSE REPEAT(
                      '0',
                      "t12"."full_digits" - LENGTH(
                        CAST(ABS("t12"."full_all") - (
                          RONGHE_QUOTIENT(ABS("t12"."full_all"), "t12"."full_unit") * "t12"."full_unit"
                        ) AS TEXT)
                      )
                    ) || CAST(ABS("t12"."full_all") - (
                      RONGHE_QUOTIENT(ABS("t12"."full_all"), "t12"."full_unit") * "t12"."full_unit"
                    ) AS TEXT)
                  END
                  ELSE ''
                END
              END,
              ''
            ) AS "all_text",
            COALESCE(
              CASE
                WHEN "t12"."full_digits" > 0
                THEN REGEXP_REPLACE(
                  CASE WHEN "t12"."full_left" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t12"."full_left"), "t12"."full_unit") AS TEXT) || CASE
                    WHEN "t12"."full_digits" > 0
                    THEN '.' || CASE
                      WHEN "t12"."full_digits" <= LENGTH(
                        CAST(ABS("t12"."full_left") - (
                          RONGHE_QUOTIENT(ABS("t12"."full_left"), "t12"."full_unit") * "t12"."full_unit"
                        ) AS TEXT)
                      )
                      THEN CAST(ABS("t12"."full_left") - (
                        RONGHE_QUOTIENT(ABS("t12"."full_left"), "t12"."full_unit") * "t12"."full_unit"
                      ) AS TEXT)
                      ELSE REPEAT(
                        '0',
                        "t12"."full_digits" - LENGTH(
                          CAST(ABS("t12"."full_left") - (
                            RONGHE_QUOTIENT(ABS("t12"."full_left"), "t12"."full_unit") * "t12"."full_unit"
                          ) AS TEXT)
                        )
                      ) || CAST(ABS("t12"."full_left") - (
                        RONGHE_QUOTIENT(ABS("t12"."full_left"), "t12"."full_unit") * "t12"."full_unit"
                      ) AS TEXT)
                    END
                    ELSE ''
                  END,
                  '\.?0+$',
                  '',
                  'g'
                )
                ELSE CASE WHEN "t12"."full_left" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t12"."full_left"), "t12"."full_unit") AS TEXT) || CASE
                  WHEN "t12"."full_digits" > 0
                  THEN '.' || CASE
                    WHEN "t12"."full_digits" <= LENGTH(
                      CAST(ABS("t12"."full_left") - (
                        RONGHE_QUOTIENT(ABS("t12"."full_left"), "t12"."full_unit") * "t12"."full_unit"
                      ) AS TEXT)
                    )
                    THEN CAST(ABS("t12"."full_left") - (
                      RONGHE_QUOTIENT(ABS("t12"."full_left"), "t12"."full_unit") * "t12"."full_unit"
                    ) AS TEXT)
                    ELSE REPEAT(
                      '0',
                      "t12"."full_digits" - LENGTH(
                        CAST(ABS("t12"."full_left") - (
                          RONGHE_QUOTIENT(ABS("t12"."full_left"), "t12"."full_unit") * "t12"."full_unit"
                        ) AS TEXT)
                      )
                    ) || CAST(ABS("t12"."full_left") - (
                      RONGHE_QUOTIENT(ABS("t12"."full_left"), "t12"."full_unit") * "t12"."full_unit"
                    ) AS TEXT)
                  END
                  ELSE ''
                END
              END,
              ''
            ) AS "left_text",
            COALESCE(
              CASE WHEN "t12"."cap" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t12"."cap"), "t12"."mark_unit") AS TEXT) || CASE
                WHEN "t12"."digits" > 0
                THEN '.' || CASE
                  WHEN "t12"."digits" <= LENGTH(
                    CAST(ABS("t12"."cap") - (
                      RONGHE_QUOTIENT(ABS("t12"."cap"), "t12"."mark_unit") * "t12"."mark_unit"
                    ) AS TEXT)
                  )
                  THEN CAST(ABS("t12"."cap") - (
                    RONGHE_QUOTIENT(ABS("t12"."cap"), "t12"."mark_unit") * "t12"."mark_unit"
                  ) AS TEXT)
                  ELSE REPEAT(
                    '0',
                    "t12"."digits" - LENGTH(
                      CAST(ABS("t12"."cap") - (
                        RONGHE_QUOTIENT(ABS("t12"."cap"), "t12"."mark_unit") * "t12"."mark_unit"
                      ) AS TEXT)
                    )
                  ) || CAST(ABS("t12"."cap") - (
                    RONGHE_QUOTIENT(ABS("t12"."cap"), "t12"."mark_unit") * "t12"."mark_unit"
                  ) AS TEXT)
                END
                ELSE ''
              END,
              ''
            ) AS "cap_text"
          FROM (
            SELECT
              "t4"."period",
              "t4"."track",
              "t4"."unit",
              "t4"."dimension",
              "t4"."scored",
              "t4"."exempted",
              "t4"."mark_sum",
              "t4"."full_all",
              "t4"."full_left",
              "t4"."missing",
              "t4"."unplaced",
              "t4"."vetoed",
              "t4"."zeroing",
              "t4"."zeroing_total",
              "t4"."veto_limit",
              "t4"."cap",
              "t4"."scales",
              "t4"."left_out",
              "t4"."scaled",
              "t4"."capped",
              "t4"."subtotal",
              "t7"."digits",
              "t7"."mark_unit",
              "t7"."full_digits",
              "t7"."full_unit",
              "t7"."floor_units",
              "t7"."min_peers"
            FROM "summed" AS "t4"
            INNER JOIN (
              SELECT
                "t3".*
                EXCLUDE ("cap_units")
              FROM "tracks" AS "t3"
            ) AS "t7"
              ON "t4"."track" = "t7"."track"
          ) AS "t12"
        ) AS "t13"
      ) AS "t14"
    ) AS "t16"
      ON "t8"."period" = "t16"."period"
      AND "t8"."track" = "t16"."track"
      AND "t8"."unit" = "t16"."unit"
      AND "t11"."dimension" = "t16"."dimension"
  ) AS "t17"
) AS "t18"
ORDER BY
  "t18"."period" ASC,
  "t18"."track" ASC,
  "t18"."unit" ASC,
  "t18"."seq" ASC

-- step veto_reasons
SELECT
  *
FROM (
  SELECT
    "t9"."period",
    "t9"."track",
    "t9"."unit",
    "t9"."seq",
    CASE
      WHEN (
        "t9"."state" IS NULL
      ) OR (
        "t9"."state" = 'exempt'
      )
      THEN ''
      WHEN "t9"."strikes"
      THEN ';否决项 ' || "t9"."name" || ' 已触发'
      WHEN "t9"."actual" IS NULL
      THEN ';否决项 ' || "t9"."name" || ' 未报,按未发生计'
      ELSE ''
    END AS "reason"
  FROM (
    SELECT
      "t6"."period",
      "t6"."track",
      "t6"."unit",
      "t3"."seq",
      "t3"."name",
      "t8"."strikes",
      "t8"."state",
      "t8"."actual"
    FROM (
      SELECT
        "t0"."period",
        "t0"."track",
        "t0"."unit"
      FROM "totalled" AS "t0"
    ) AS "t6"
    CROSS JOIN "vetoes" AS "t3"
    LEFT OUTER JOIN (
      SELECT
        "t5"."period",
        "t5"."track",
        "t5"."unit",
        "t5"."indicator",
        "t5"."strikes",
        "t5"."state",
        "t5"."actual"
      FROM (
        SELECT
          *
        FROM "marked" AS "t2"
        WHERE
          "t2"."is_veto"
      ) AS "t5"
    ) AS "t8"
      ON "t6"."period" = "t8"."period"
      AND "t6"."track" = "t8"."track"
      AND "t6"."unit" = "t8"."unit"
      AND "t3"."indicator" = "t8"."indicator"
  ) AS "t9"
) AS "t10"
ORDER BY
  "t10"."period" ASC,
  "t10"."track" ASC,
  "t10"."unit" ASC,
  "t10"."seq" ASC

-- step totals
SELECT
  *
FROM (
  SELECT
    "t1"."period",
    "t1"."track",
    "t1"."unit",
    "t1"."total",
    "t1"."final",
    "t1"."missing",
    "t1"."vetoed",
    CASE
      WHEN COALESCE("t1"."kept" = 0, FALSE)
      THEN ';' || COALESCE('没有可计分的维度,没有总分', '')
      ELSE ''
    END || CASE
      WHEN COALESCE((
        "t1"."kept" > 0
      ) AND "t1"."total_scales", FALSE)
      THEN ';' || COALESCE(
        '有维度不计入,各维度合计 ' || "t1"."sum_text" || ' × ' || "t1"."all_text" || ' ÷ ' || "t1"."kept_text" || ' = ' || "t1"."scaled_text",
        ''
      )
      ELSE ''
    END || CASE
      WHEN COALESCE(
        (
          "t1"."kept" > 0
        )
        AND (
          "t1"."cap_units" IS NOT NULL
        )
        AND (
          "t1"."total_scaled" > "t1"."cap_units"
        ),
        FALSE
      )
      THEN ';' || COALESCE('总分 ' || "t1"."scaled_text" || ',封顶 ' || "t1"."cap_text", '')
      ELSE ''
    END || CASE
      WHEN COALESCE(
        (
          "t1"."kept" > 0
        )
        AND (
          "t1"."floor_units" IS NOT NULL
        )
        AND (
          "t1"."total_scaled" < "t1"."floor_units"
        ),
        FALSE
      )
      THEN ';' || COALESCE('总分 ' || "t1"."scaled_text" || ',保底 ' || "t1"."floor_text", '')
      ELSE ''
    END || CASE
      WHEN COALESCE((
        "t1"."kept" > 0
      ) AND (
        "t1"."total_limit" IS NOT NULL
      ), FALSE)
      THEN ';' || COALESCE('一票否决,总分 ' || "t1"."bounded_text" || ',不超过 ' || "t1"."limit_text", '')
      ELSE ''
    END || CASE
      WHEN COALESCE((
        "t1"."kept" > 0
      ) AND (
        "t1"."zeroing_total" > 0
      ), FALSE)
      THEN ';' || COALESCE('一票否决,总分 ' || "t1"."limited_text" || ' 改计 0 分', '')
      ELSE ''
    END AS "reason"
  FROM (
    SELECT
      "t0"."period",
      "t0"."track",
      "t0"."unit",
      "t0"."kept",
      "t0"."dimension_sum",
      "t0"."total_full_all",
      "t0"."total_full_kept",
      "t0"."missing",
      "t0"."unplaced",
      "t0"."vetoed",
      "t0"."zeroing_total",
      "t0"."total_limit",
      "t0"."total_scales",
      "t0"."total_scaled",
      "t0"."digits",
      "t0"."mark_unit",
      "t0"."full_digits",
      "t0"."full_unit",
      "t0"."cap_units",
      "t0"."floor_units",
      "t0"."min_peers",
      "t0"."total_capped",
      "t0"."total_bounded",
      "t0"."total_limited",
      "t0"."total",
      "t0"."final",
      COALESCE(
        CASE WHEN "t0"."dimension_sum" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t0"."dimension_sum"), "t0"."mark_unit") AS TEXT) || CASE
          WHEN "t0"."digits" > 0
          THEN '.' || CASE
            WHEN "t0"."digits" <= LENGTH(
              CAST(ABS("t0"."dimension_sum") - (
                RONGHE_QUOTIENT(ABS("t0"."dimension_sum"), "t0"."mark_unit") * "t0"."mark_unit"
              ) AS TEXT)
            )
            THEN CAST(ABS("t0"."dimension_sum") - (
              RONGHE_QUOTIENT(ABS("t0"."dimension_sum"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
            ELSE REPEAT(
              '0',
              "t0"."digits" - LENGTH(
                CAST(ABS("t0"."dimension_sum") - (
                  RONGHE_QUOTIENT(ABS("t0"."dimension_sum"), "t0"."mark_unit") * "t0"."mark_unit"
                ) AS TEXT)
              )
            ) || CAST(ABS("t0"."dimension_sum") - (
              RONGHE_QUOTIENT(ABS("t0"."dimension_sum"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
          END
          ELSE ''
        END,
        ''
      ) AS "sum_text",
      COALESCE(
        CASE
          WHEN "t0"."full_digits" > 0
          THEN REGEXP_REPLACE(
            CASE WHEN "t0"."total_full_all" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t0"."total_full_all"), "t0"."full_unit") AS TEXT) || CASE
              WHEN "t0"."full_digits" > 0
              THEN '.' || CASE
                WHEN "t0"."full_digits" <= LENGTH(
                  CAST(ABS("t0"."total_full_all") - (
                    RONGHE_QUOTIENT(ABS("t0"."total_full_all"), "t0"."full_unit") * "t0"."full_unit"
                  ) AS TEXT)
                )
                THEN CAST(ABS("t0"."total_full_all") - (
                  RONGHE_QUOTIENT(ABS("t0"."total_full_all"), "t0"."full_unit") * "t0"."full_unit"
                ) AS TEXT)
                ELSE REPEAT(
                  '0',
                  "t0"."full_digits" - LENGTH(
                    CAST(ABS("t0"."total_full_all") - (
                      RONGHE_QUOTIENT(ABS("t0"."total_full_all"), "t0"."full_unit") * "t0"."full_unit"
                    ) AS TEXT)
                  )
                ) || CAST(ABS("t0"."total_full_all") - (
                  RONGHE_QUOTIENT(ABS("t0"."total_full_all"), "t0"."full_unit") * "t0"."full_unit"
                ) AS TEXT)
              END
              ELSE ''
            END,
            '\.?0+$',
            '',
            'g'
          )
          ELSE CASE WHEN "t0"."total_full_all" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t0"."total_full_all"), "t0"."full_unit") AS TEXT) || CASE
            WHEN "t0"."full_digits" > 0
            THEN '.' || CASE
              WHEN "t0"."full_digits" <= LENGTH(
                CAST(ABS("t0"."total_full_all") - (
                  RONGHE_QUOTIENT(ABS("t0"."total_full_all"), "t0"."full_unit") * "t0"."full_unit"
                ) AS TEXT)
              )
              THEN CAST(ABS("t0"."total_full_all") - (
                RONGHE_QUOTIENT(ABS("t0"."total_full_all"), "t0"."full_unit") * "t0"."full_unit"
              ) AS TEXT)
              ELSE REPEAT(
                '0',
                "t0"."full_digits" - LENGTH(
                  CAST(ABS("t0"."total_full_all") - (
                    RONGHE_QUOTIENT(ABS("t0"."total_full_all"), "t0"."full_unit") * "t0"."full_unit"
                  ) AS TEXT)
                )
              ) || CAST(ABS("t0"."total_full_all") - (
                RONGHE_QUOTIENT(ABS("t0"."total_full_all"), "t0"."full_unit") * "t0"."full_unit"
              ) AS TEXT)
            END
            ELSE ''
          END
        END,
        ''
      ) AS "all_text",
      COALESCE(
        CASE
          WHEN "t0"."full_digits" > 0
          THEN REGEXP_REPLACE(
            CASE WHEN "t0"."total_full_kept" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t0"."total_full_kept"), "t0"."full_unit") AS TEXT) || CASE
              WHEN "t0"."full_digits" > 0
              THEN '.' || CASE
                WHEN "t0"."full_digits" <= LENGTH(
                  CAST(ABS("t0"."total_full_kept") - (
                    RONGHE_QUOTIENT(ABS("t0"."total_full_kept"), "t0"."full_unit") * "t0"."full_unit"
                  ) AS TEXT)
                )
                THEN CAST(ABS("t0"."total_full_kept") - (
                  RONGHE_QUOTIENT(ABS("t0"."total_full_kept"), "t0"."full_unit") * "t0"."full_unit"
                ) AS TEXT)
                ELSE REPEAT(
                  '0',
                  "t0"."full_digits" - LENGTH(
                    CAST(ABS("t0"."total_full_kept") - (
                      RONGHE_QUOTIENT(ABS("t0"."total_full_kept"), "t0"."full_unit") * "t0"."full_unit"
                    ) AS TEXT)
                  )
                ) || CAST(ABS("t0"."total_full_kept") - (
                  RONGHE_QUOTIENT(ABS("t0"."total_full_kept"), "t0"."full_unit") * "t0"."full_unit"
                ) AS TEXT)
              END
              ELSE ''
            END,
            '\.?0+$',
            '',
            'g'
          )
          ELSE CASE WHEN "t0"."total_full_kept" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t0"."total_full_kept"), "t0"."full_unit") AS TEXT) || CASE
            WHEN "t0"."full_digits" > 0
            THEN '.' || CASE
              WHEN "t0"."full_digits" <= LENGTH(
                CAST(ABS("t0"."total_full_kept") - (
                  RONGHE_QUOTIENT(ABS("t0"."total_full_kept"), "t0"."full_unit") * "t0"."full_unit"
                ) AS TEXT)
              )
              THEN CAST(ABS("t0"."total_full_kept") - (
                RONGHE_QUOTIENT(ABS("t0"."total_full_kept"), "t0"."full_unit") * "t0"."full_unit"
              ) AS TEXT)
              ELSE REPEAT(
                '0',
                "t0"."full_digits" - LENGTH(
                  CAST(ABS("t0"."total_full_kept") - (
                    RONGHE_QUOTIENT(ABS("t0"."total_full_kept"), "t0"."full_unit") * "t0"."full_unit"
                  ) AS TEXT)
                )
              ) || CAST(ABS("t0"."total_full_kept") - (
                RONGHE_QUOTIENT(ABS("t0"."total_full_kept"), "t0"."full_unit") * "t0"."full_unit"
              ) AS TEXT)
            END
            ELSE ''
          END
        END,
        ''
      ) AS "kept_text",
      COALESCE(
        CASE WHEN "t0"."total_scaled" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t0"."total_scaled"), "t0"."mark_unit") AS TEXT) || CASE
          WHEN "t0"."digits" > 0
          THEN '.' || CASE
            WHEN "t0"."digits" <= LENGTH(
              CAST(ABS("t0"."total_scaled") - (
                RONGHE_QUOTIENT(ABS("t0"."total_scaled"), "t0"."mark_unit") * "t0"."mark_unit"
              ) AS TEXT)
            )
            THEN CAST(ABS("t0"."total_scaled") - (
              RONGHE_QUOTIENT(ABS("t0"."total_scaled"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
            ELSE REPEAT(
              '0',
              "t0"."digits" - LENGTH(
                CAST(ABS("t0"."total_scaled") - (
                  RONGHE_QUOTIENT(ABS("t0"."total_scaled"), "t0"."mark_unit") * "t0"."mark_unit"
                ) AS TEXT)
              )
            ) || CAST(ABS("t0"."total_scaled") - (
              RONGHE_QUOTIENT(ABS("t0"."total_scaled"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
          END
          ELSE ''
        END,
        ''
      ) AS "scaled_text",
      COALESCE(
        CASE WHEN "t0"."total_bounded" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t0"."total_bounded"), "t0"."mark_unit") AS TEXT) || CASE
          WHEN "t0"."digits" > 0
          THEN '.' || CASE
            WHEN "t0"."digits" <= LENGTH(
              CAST(ABS("t0"."total_bounded") - (
                RONGHE_QUOTIENT(ABS("t0"."total_bounded"), "t0"."mark_unit") * "t0"."mark_unit"
              ) AS TEXT)
            )
            THEN CAST(ABS("t0"."total_bounded") - (
              RONGHE_QUOTIENT(ABS("t0"."total_bounded"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
            ELSE REPEAT(
              '0',
              "t0"."digits" - LENGTH(
                CAST(ABS("t0"."total_bounded") - (
                  RONGHE_QUOTIENT(ABS("t0"."total_bounded"), "t0"."mark_unit") * "t0"."mark_unit"
                ) AS TEXT)
              )
            ) || CAST(ABS("t0"."total_bounded") - (
              RONGHE_QUOTIENT(ABS("t0"."total_bounded"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
          END
          ELSE ''
        END,
        ''
      ) AS "bounded_text",
      COALESCE(
        CASE WHEN "t0"."total_limited" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t0"."total_limited"), "t0"."mark_unit") AS TEXT) || CASE
          WHEN "t0"."digits" > 0
          THEN '.' || CASE
            WHEN "t0"."digits" <= LENGTH(
              CAST(ABS("t0"."total_limited") - (
                RONGHE_QUOTIENT(ABS("t0"."total_limited"), "t0"."mark_unit") * "t0"."mark_unit"
              ) AS TEXT)
            )
            THEN CAST(ABS("t0"."total_limited") - (
              RONGHE_QUOTIENT(ABS("t0"."total_limited"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
            ELSE REPEAT(
              '0',
              "t0"."digits" - LENGTH(
                CAST(ABS("t0"."total_limited") - (
                  RONGHE_QUOTIENT(ABS("t0"."total_limited"), "t0"."mark_unit") * "t0"."mark_unit"
                ) AS TEXT)
              )
            ) || CAST(ABS("t0"."total_limited") - (
              RONGHE_QUOTIENT(ABS("t0"."total_limited"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
          END
          ELSE ''
        END,
        ''
      ) AS "limited_text",
      COALESCE(
        CASE WHEN "t0"."cap_units" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t0"."cap_units"), "t0"."mark_unit") AS TEXT) || CASE
          WHEN "t0"."digits" > 0
          THEN '.' || CASE
            WHEN "t0"."digits" <= LENGTH(
              CAST(ABS("t0"."cap_units") - (
                RONGHE_QUOTIENT(ABS("t0"."cap_units"), "t0"."mark_unit") * "t0"."mark_unit"
              ) AS TEXT)
            )
            THEN CAST(ABS("t0"."cap_units") - (
              RONGHE_QUOTIENT(ABS("t0"."cap_units"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
            ELSE REPEAT(
              '0',
              "t0"."digits" - LENGTH(
                CAST(ABS("t0"."cap_units") - (
                  RONGHE_QUOTIENT(ABS("t0"."cap_units"), "t0"."mark_unit") * "t0"."mark_unit"
                ) AS TEXT)
              )
            ) || CAST(ABS("t0"."cap_units") - (
              RONGHE_QUOTIENT(ABS("t0"."cap_units"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
          END
          ELSE ''
        END,
        ''
      ) AS "cap_text",
      COALESCE(
        CASE WHEN "t0"."floor_units" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t0"."floor_units"), "t0"."mark_unit") AS TEXT) || CASE
          WHEN "t0"."digits" > 0
          THEN '.' || CASE
            WHEN "t0"."digits" <= LENGTH(
              CAST(ABS("t0"."floor_units") - (
                RONGHE_QUOTIENT(ABS("t0"."floor_units"), "t0"."mark_unit") * "t0"."mark_unit"
              ) AS TEXT)
            )
            THEN CAST(ABS("t0"."floor_units") - (
              RONGHE_QUOTIENT(ABS("t0"."floor_units"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
            ELSE REPEAT(
              '0',
              "t0"."digits" - LENGTH(
                CAST(ABS("t0"."floor_units") - (
                  RONGHE_QUOTIENT(ABS("t0"."floor_units"), "t0"."mark_unit") * "t0"."mark_unit"
                ) AS TEXT)
              )
            ) || CAST(ABS("t0"."floor_units") - (
              RONGHE_QUOTIENT(ABS("t0"."floor_units"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
          END
          ELSE ''
        END,
        ''
      ) AS "floor_text",
      COALESCE(
        CASE WHEN "t0"."total_limit" < 0 THEN '-' ELSE '' END || CAST(RONGHE_QUOTIENT(ABS("t0"."total_limit"), "t0"."mark_unit") AS TEXT) || CASE
          WHEN "t0"."digits" > 0
          THEN '.' || CASE
            WHEN "t0"."digits" <= LENGTH(
              CAST(ABS("t0"."total_limit") - (
                RONGHE_QUOTIENT(ABS("t0"."total_limit"), "t0"."mark_unit") * "t0"."mark_unit"
              ) AS TEXT)
            )
            THEN CAST(ABS("t0"."total_limit") - (
              RONGHE_QUOTIENT(ABS("t0"."total_limit"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
            ELSE REPEAT(
              '0',
              "t0"."digits" - LENGTH(
                CAST(ABS("t0"."total_limit") - (
                  RONGHE_QUOTIENT(ABS("t0"."total_limit"), "t0"."mark_unit") * "t0"."mark_unit"
                ) AS TEXT)
              )
            ) || CAST(ABS("t0"."total_limit") - (
              RONGHE_QUOTIENT(ABS("t0"."total_limit"), "t0"."mark_unit") * "t0"."mark_unit"
            ) AS TEXT)
          END
          ELSE ''
        END,
        ''
      ) AS "limit_text"
    FROM "totalled" AS "t0"
  ) AS "t1"
) AS "t2"
ORDER BY
  "t2"."period" ASC,
  "t2"."track" ASC,
  "t2"."unit" ASC

-- step places
SELECT
  *
FROM (
  SELECT
    "t0"."period",
    "t0"."track",
    "t0"."unit",
    "t0"."total",
    "t0"."place",
    "t0"."peers",
    "t0"."tied",
    "t0"."better" - "t0"."total" AS "to_next",
    CASE
      WHEN "t0"."kept" = 0
      THEN '全部指标免考,没有总分,不排名'
      WHEN NOT (
        "t0"."final"
      )
      THEN '缺 ' || CAST("t0"."unplaced" AS TEXT) || ' 项指标,总分为暂定,不排名'
      WHEN NOT (
        "t0"."enough"
      )
      THEN '本赛道有最终总分的单位 ' || CAST("t0"."peers" AS TEXT) || ' 个,少于 ' || CAST("t0"."min_peers" AS TEXT) || ' 个,不排名'
      ELSE ''
    END AS "because"
  FROM "ranked" AS "t0"
) AS "t1"
ORDER BY
  "t1"."period" ASC,
  "t1"."track" ASC,
  "t1"."unit" ASC

-- step gaps
WITH "t4" AS (
  SELECT
    *
  FROM "marked" AS "t1"
  WHERE
    "t1"."mark" IS NOT NULL AND NOT (
      "t1"."is_veto"
    )
), "t9" AS (
  SELECT
    "t5"."period",
    "t5"."track",
    "t5"."indicator",
    MAX("t5"."mark") AS "best",
    CAST(SUM("t5"."mark") AS DECIMAL(38, 0)) AS "mark_total",
    COUNT(*) AS "marked"
  FROM "t4" AS "t5"
  GROUP BY
    1,
    2,
    3
)
SELECT
  "t22".*
  EXCLUDE ("seq")
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t20"."period",
      "t20"."track",
      "t20"."unit",
      "t20"."indicator",
      "t20"."mark",
      CASE
        WHEN (
          "t20"."full_units" - "t20"."mark"
        ) < CAST(0 AS DECIMAL(38, 0))
        THEN CAST(0 AS DECIMAL(38, 0))
        ELSE "t20"."full_units" - "t20"."mark"
      END AS "lost",
      "t20"."target" - "t20"."actual" AS "to_target",
      "t20"."leader",
      "t20"."best" - "t20"."mark" AS "to_leader",
      RONGHE_QUOTIENT(
        (
          ABS("t20"."mark_total" - (
            "t20"."mark" * CAST("t20"."marked" AS DECIMAL(38, 0))
          )) * CAST(2 AS DECIMAL(38, 0))
        ) + CAST("t20"."marked" AS DECIMAL(38, 0)),
        CAST("t20"."marked" AS DECIMAL(38, 0)) * CAST(2 AS DECIMAL(38, 0))
      ) * CASE
        WHEN (
          "t20"."mark_total" - (
            "t20"."mark" * CAST("t20"."marked" AS DECIMAL(38, 0))
          )
        ) < 0
        THEN CAST(-1 AS DECIMAL(38, 0))
        ELSE CAST(1 AS DECIMAL(38, 0))
      END AS "to_mean",
      "t20"."needed" AS "needed_actual",
      "t20"."seq"
    FROM (
      SELECT
        "t8"."period",
        "t8"."track",
        "t8"."unit",
        "t8"."indicator",
        "t8"."seq",
        "t8"."mark",
        "t8"."full_units",
        "t8"."actual",
        "t8"."target",
        "t19"."best",
        "t19"."mark_total",
        "t19"."marked",
        "t19"."leader",
        "t2"."needed"
      FROM (
        SELECT
          "t3"."period",
          "t3"."track",
          "t3"."unit",
          "t3"."indicator",
          "t3"."seq",
          "t3"."mark",
          "t3"."full_units",
          "t3"."actual",
          "t3"."target"
        FROM (
          SELECT
            *
          FROM "marked" AS "t1"
          WHERE
            NOT (
              "t1"."is_veto"
            )
        ) AS "t3"
      ) AS "t8"
      LEFT OUTER JOIN (
        SELECT
          "t11"."period",
          "t11"."track",
          "t11"."indicator",
          "t11"."best",
          "t11"."mark_total",
          "t11"."marked",
          "t17"."leader"
        FROM "t9" AS "t11"
        INNER JOIN (
          SELECT
            "t15"."period",
            "t15"."track",
            "t15"."indicator",
            MIN("t15"."unit") AS "leader"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t7"."period",
                "t7"."track",
                "t7"."unit",
                "t7"."indicator",
                "t7"."seq",
                "t7"."dimension",
                "t7"."is_veto",
                "t7"."actual",
                "t7"."target",
                "t7"."base",
                "t7"."exempt",
                "t7"."target_note",
                "t7"."looks_at",
                "t7"."policy",
                "t7"."present",
                "t7"."p",
                "t7"."r",
                "t7"."segment",
                "t7"."free",
                "t7"."low",
                "t7"."high",
                "t7"."mark",
                "t7"."state",
                "t7"."strikes",
                "t7"."full_units",
                "t7"."full_scaled",
                "t7"."grid",
                "t7"."counts",
                "t7"."effect",
                "t7"."limit_units",
                "t7"."digits",
                "t7"."mark_unit",
                "t13"."best"
              FROM "t4" AS "t7"
              INNER JOIN (
                SELECT
                  "t10"."period",
                  "t10"."track",
                  "t10"."indicator",
                  "t10"."best"
                FROM "t9" AS "t10"
              ) AS "t13"
                ON "t7"."period" = "t13"."period"
                AND "t7"."track" = "t13"."track"
                AND "t7"."indicator" = "t13"."indicator"
            ) AS "t14"
            WHERE
              "t14"."mark" = "t14"."best"
          ) AS "t15"
          GROUP BY
            1,
            2,
            3
        ) AS "t17"
          ON "t11"."period" = "t17"."period"
          AND "t11"."track" = "t17"."track"
          AND "t11"."indicator" = "t17"."indicator"
      ) AS "t19"
        ON "t8"."period" = "t19"."period"
        AND "t8"."track" = "t19"."track"
        AND "t8"."indicator" = "t19"."indicator"
      LEFT OUTER JOIN "needed" AS "t2"
        ON "t8"."period" = "t2"."period"
        AND "t8"."track" = "t2"."track"
        AND "t8"."unit" = "t2"."unit"
        AND "t8"."indicator" = "t2"."indicator"
    ) AS "t20"
  ) AS "t21"
  ORDER BY
    "t21"."period" ASC,
    "t21"."track" ASC,
    "t21"."unit" ASC,
    "t21"."seq" ASC
) AS "t22"

-- step ranked_0
WITH "t7" AS (
  SELECT
    "t5"."period",
    "t5"."track",
    "t5"."unit",
    "t5"."total",
    (
      RANK() OVER (
        PARTITION BY "t5"."period", "t5"."track"
        ORDER BY "t5"."total" DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1
    ) + 1 AS "place"
  FROM (
    SELECT
      "t2"."period",
      "t2"."track",
      "t2"."unit",
      "t2"."total"
    FROM (
      SELECT
        *
      FROM "totalled" AS "t0"
      WHERE
        "t0"."final"
    ) AS "t2"
  ) AS "t5"
)
SELECT
  "t15"."period",
  "t15"."track",
  "t15"."unit",
  "t15"."total",
  "t15"."final",
  "t15"."kept",
  "t15"."unplaced",
  "t15"."min_peers",
  "t15"."peers",
  CASE
    WHEN "t15"."peers" >= "t15"."min_peers"
    THEN "t15"."place"
    ELSE CAST(NULL AS BIGINT)
  END AS "place",
  CASE
    WHEN "t15"."peers" >= "t15"."min_peers"
    THEN "t15"."tied"
    ELSE CAST(NULL AS BIGINT)
  END AS "tied",
  CASE
    WHEN "t15"."peers" >= "t15"."min_peers"
    THEN "t15"."better"
    ELSE CAST(NULL AS DECIMAL(38, 0))
  END AS "better",
  "t15"."peers" >= "t15"."min_peers" AS "enough"
FROM (
  SELECT
    "t3"."period",
    "t3"."track",
    "t3"."unit",
    "t3"."total",
    "t3"."final",
    "t3"."kept",
    "t3"."unplaced",
    "t3"."min_peers",
    "t6"."peers",
    "t14"."place",
    "t14"."tied",
    "t14"."better"
  FROM (
    SELECT
      "t0"."period",
      "t0"."track",
      "t0"."unit",
      "t0"."total",
      "t0"."final",
      "t0"."kept",
      "t0"."unplaced",
      "t0"."min_peers"
    FROM "totalled" AS "t0"
  ) AS "t3"
  INNER JOIN (
    SELECT
      "t0"."period",
      "t0"."track",
      SUM(CAST("t0"."final" AS BIGINT)) AS "peers"
    FROM "totalled" AS "t0"
    GROUP BY
      1,
      2
  ) AS "t6"
    ON "t3"."period" = "t6"."period" AND "t3"."track" = "t6"."track"
  LEFT OUTER JOIN (
    SELECT
      "t9"."period",
      "t9"."track",
      "t9"."unit",
      "t9"."place",
      "t12"."tied",
      "t12"."better"
    FROM "t7" AS "t9"
    INNER JOIN (
      SELECT
        "t10"."period",
        "t10"."track",
        "t10"."place",
        "t10"."place_total",
        "t10"."tied",
        LAG("t10"."place_total") OVER (
          PARTITION BY "t10"."period", "t10"."track"
          ORDER BY "t10"."place" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "better"
      FROM (
        SELECT
          "t8"."period",
          "t8"."track",
          "t8"."place",
          MAX("t8"."total") AS "place_total",
          COUNT(*) AS "tied"
        FROM "t7" AS "t8"
        GROUP BY
          1,
          2,
          3
      ) AS "t10"
    ) AS "t12"
      ON "t9"."period" = "t12"."period"
      AND "t9"."track" = "t12"."track"
      AND "t9"."place" = "t12"."place"
  ) AS "t14"
    ON "t3"."period" = "t14"."period"
    AND "t3"."track" = "t14"."track"
    AND "t3"."unit" = "t14"."unit"
) AS "t15"

-- step ranked_1
WITH "t16" AS (
  SELECT
    "t15"."period",
    "t15"."track",
    "t15"."unit",
    "t15"."total",
    "t15"."tie_0",
    (
      RANK() OVER (
        PARTITION BY "t15"."period", "t15"."track"
        ORDER BY "t15"."total" DESC, "t15"."tie_0" IS NULL ASC, COALESCE("t15"."tie_0", CAST(0 AS DECIMAL(38, 0))) DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1
    ) + 1 AS "place"
  FROM (
    SELECT
      "t11"."period",
      "t11"."track",
      "t11"."unit",
      "t11"."total",
      "t14"."tie_0"
    FROM (
      SELECT
        "t6"."period",
        "t6"."track",
        "t6"."unit",
        "t6"."total"
      FROM (
        SELECT
          *
        FROM "totalled" AS "t0"
        WHERE
          "t0"."final"
      ) AS "t6"
    ) AS "t11"
    LEFT OUTER JOIN (
      SELECT
        "t12"."period",
        "t12"."track",
        "t12"."unit",
        MAX(
          CASE WHEN "t12"."tie" = 0 THEN "t12"."mark" ELSE CAST(NULL AS DECIMAL(38, 0)) END
        ) AS "tie_0"
      FROM (
        SELECT
          "t3"."period",
          "t3"."track",
          "t3"."unit",
          "t3"."indicator",
          "t3"."seq",
          "t3"."dimension",
          "t3"."is_veto",
          "t3"."actual",
          "t3"."target",
          "t3"."base",
          "t3"."exempt",
          "t3"."target_note",
          "t3"."looks_at",
          "t3"."policy",
          "t3"."present",
          "t3"."p",
          "t3"."r",
          "t3"."segment",
          "t3"."free",
          "t3"."low",
          "t3"."high",
          "t3"."mark",
          "t3"."state",
          "t3"."strikes",
          "t3"."full_units",
          "t3"."full_scaled",
          "t3"."grid",
          "t3"."counts",
          "t3"."effect",
          "t3"."limit_units",
          "t3"."digits",
          "t3"."mark_unit",
          "t4"."tie"
        FROM "marked" AS "t3"
        INNER JOIN "ties" AS "t4"
          ON "t3"."indicator" = "t4"."indicator"
      ) AS "t12"
      GROUP BY
        1,
        2,
        3
    ) AS "t14"
      ON "t11"."period" = "t14"."period"
      AND "t11"."track" = "t14"."track"
      AND "t11"."unit" = "t14"."unit"
  ) AS "t15"
)
SELECT
  "t24"."period",
  "t24"."track",
  "t24"."unit",
  "t24"."total",
  "t24"."final",
  "t24"."kept",
  "t24"."unplaced",
  "t24"."min_peers",
  "t24"."peers",
  CASE
    WHEN "t24"."peers" >= "t24"."min_peers"
    THEN "t24"."place"
    ELSE CAST(NULL AS BIGINT)
  END AS "place",
  CASE
    WHEN "t24"."peers" >= "t24"."min_peers"
    THEN "t24"."tied"
    ELSE CAST(NULL AS BIGINT)
  END AS "tied",
  CASE
    WHEN "t24"."peers" >= "t24"."min_peers"
    THEN "t24"."better"
    ELSE CAST(NULL AS DECIMAL(38, 0))
  END AS "better",
  "t24"."peers" >= "t24"."min_peers" AS "enough"
FROM (
  SELECT
    "t7"."period",
    "t7"."track",
    "t7"."unit",
    "t7"."total",
    "t7"."final",
    "t7"."kept",
    "t7"."unplaced",
    "t7"."min_peers",
    "t10"."peers",
    "t23"."place",
    "t23"."tied",
    "t23"."better"
  FROM (
    SELECT
      "t0"."period",
      "t0"."track",
      "t0"."unit",
      "t0"."total",
      "t0"."final",
      "t0"."kept",
      "t0"."unplaced",
      "t0"."min_peers"
    FROM "totalled" AS "t0"
  ) AS "t7"
  INNER JOIN (
    SELECT
      "t0"."period",
      "t0"."track",
      SUM(CAST("t0"."final" AS BIGINT)) AS "peers"
    FROM "totalled" AS "t0"
    GROUP BY
      1,
      2
  ) AS "t10"
    ON "t7"."period" = "t10"."period" AND "t7"."track" = "t10"."track"
  LEFT OUTER JOIN (
    SELECT
      "t18"."period",
      "t18"."track",
      "t18"."unit",
      "t18"."place",
      "t21"."tied",
      "t21"."better"
    FROM "t16" AS "t18"
    INNER JOIN (
      SELECT
        "t19"."period",
        "t19"."track",
        "t19"."place",
        "t19"."place_total",
        "t19"."tied",
        LAG("t19"."place_total") OVER (
          PARTITION BY "t19"."period", "t19"."track"
          ORDER BY "t19"."place" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "better"
      FROM (
        SELECT
          "t17"."period",
          "t17"."track",
          "t17"."place",
          MAX("t17"."total") AS "place_total",
          COUNT(*) AS "tied"
        FROM "t16" AS "t17"
        GROUP BY
          1,
          2,
          3
      ) AS "t19"
    ) AS "t21"
      ON "t18"."period" = "t21"."period"
      AND "t18"."track" = "t21"."track"
      AND "t18"."place" = "t21"."place"
  ) AS "t23"
    ON "t7"."period" = "t23"."period"
    AND "t7"."track" = "t23"."track"
    AND "t7"."unit" = "t23"."unit"
) AS "t24"

-- step ranked_2
WITH "t16" AS (
  SELECT
    "t15"."period",
    "t15"."track",
    "t15"."unit",
    "t15"."total",
    "t15"."tie_0",
    "t15"."tie_1",
    (
      RANK() OVER (
        PARTITION BY "t15"."period", "t15"."track"
        ORDER BY "t15"."total" DESC, "t15"."tie_0" IS NULL ASC, COALESCE("t15"."tie_0", CAST(0 AS DECIMAL(38, 0))) DESC, "t15"."tie_1" IS NULL ASC, COALESCE("t15"."tie_1", CAST(0 AS DECIMAL(38, 0))) DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1
    ) + 1 AS "place"
  FROM (
    SELECT
      "t11"."period",
      "t11"."track",
      "t11"."unit",
      "t11"."total",
      "t14"."tie_0",
      "t14"."tie_1"
    FROM (
      SELECT
        "t6"."period",
        "t6"."track",
        "t6"."unit",
        "t6"."total"
      FROM (
        SELECT
          *
        FROM "totalled" AS "t0"
        WHERE
          "t0"."final"
      ) AS "t6"
    ) AS "t11"
    LEFT OUTER JOIN (
      SELECT
        "t12"."period",
        "t12"."track",
        "t12"."unit",
        MAX(
          CASE WHEN "t12"."tie" = 0 THEN "t12"."mark" ELSE CAST(NULL AS DECIMAL(38, 0)) END
        ) AS "tie_0",
        MAX(
          CASE WHEN "t12"."tie" = 1 THEN "t12"."mark" ELSE CAST(NULL AS DECIMAL(38, 0)) END
        ) AS "tie_1"
      FROM (
        SELECT
          "t3"."period",
          "t3"."track",
          "t3"."unit",
          "t3"."indicator",
          "t3"."seq",
          "t3"."dimension",
          "t3"."is_veto",
          "t3"."actual",
          "t3"."target",
          "t3"."base",
          "t3"."exempt",
          "t3"."target_note",
          "t3"."looks_at",
          "t3"."policy",
          "t3"."present",
          "t3"."p",
          "t3"."r",
          "t3"."segment",
          "t3"."free",
          "t3"."low",
          "t3"."high",
          "t3"."mark",
          "t3"."state",
          "t3"."strikes",
          "t3"."full_units",
          "t3"."full_scaled",
          "t3"."grid",
          "t3"."counts",
          "t3"."effect",
          "t3"."limit_units",
          "t3"."digits",
          "t3"."mark_unit",
          "t4"."tie"
        FROM "marked" AS "t3"
        INNER JOIN "ties" AS "t4"
          ON "t3"."indicator" = "t4"."indicator"
      ) AS "t12"
      GROUP BY
        1,
        2,
        3
    ) AS "t14"
      ON "t11"."period" = "t14"."period"
      AND "t11"."track" = "t14"."track"
      AND "t11"."unit" = "t14"."unit"
  ) AS "t15"
)
SELECT
  "t24"."period",
  "t24"."track",
  "t24"."unit",
  "t24"."total",
  "t24"."final",
  "t24"."kept",
  "t24"."unplaced",
  "t24"."min_peers",
  "t24"."peers",
  CASE
    WHEN "t24"."peers" >= "t24"."min_peers"
    THEN "t24"."place"
    ELSE CAST(NULL AS BIGINT)
  END AS "place",
  CASE
    WHEN "t24"."peers" >= "t24"."min_peers"
    THEN "t24"."tied"
    ELSE CAST(NULL AS BIGINT)
  END AS "tied",
  CASE
    WHEN "t24"."peers" >= "t24"."min_peers"
    THEN "t24"."better"
    ELSE CAST(NULL AS DECIMAL(38, 0))
  END AS "better",
  "t24"."peers" >= "t24"."min_peers" AS "enough"
FROM (
  SELECT
    "t7"."period",
    "t7"."track",
    "t7"."unit",
    "t7"."total",
    "t7"."final",
    "t7"."kept",
    "t7"."unplaced",
    "t7"."min_peers",
    "t10"."peers",
    "t23"."place",
    "t23"."tied",
    "t23"."better"
  FROM (
    SELECT
      "t0"."period",
      "t0"."track",
      "t0"."unit",
      "t0"."total",
      "t0"."final",
      "t0"."kept",
      "t0"."unplaced",
      "t0"."min_peers"
    FROM "totalled" AS "t0"
  ) AS "t7"
  INNER JOIN (
    SELECT
      "t0"."period",
      "t0"."track",
      SUM(CAST("t0"."final" AS BIGINT)) AS "peers"
    FROM "totalled" AS "t0"
    GROUP BY
      1,
      2
  ) AS "t10"
    ON "t7"."period" = "t10"."period" AND "t7"."track" = "t10"."track"
  LEFT OUTER JOIN (
    SELECT
      "t18"."period",
      "t18"."track",
      "t18"."unit",
      "t18"."place",
      "t21"."tied",
      "t21"."better"
    FROM "t16" AS "t18"
    INNER JOIN (
      SELECT
        "t19"."period",
        "t19"."track",
        "t19"."place",
        "t19"."place_total",
        "t19"."tied",
        LAG("t19"."place_total") OVER (
          PARTITION BY "t19"."period", "t19"."track"
          ORDER BY "t19"."place" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "better"
      FROM (
        SELECT
          "t17"."period",
          "t17"."track",
          "t17"."place",
          MAX("t17"."total") AS "place_total",
          COUNT(*) AS "tied"
        FROM "t16" AS "t17"
        GROUP BY
          1,
          2,
          3
      ) AS "t19"
    ) AS "t21"
      ON "t18"."period" = "t21"."period"
      AND "t18"."track" = "t21"."track"
      AND "t18"."place" = "t21"."place"
  ) AS "t23"
    ON "t7"."period" = "t23"."period"
    AND "t7"."track" = "t23"."track"
    AND "t7"."unit" = "t23"."unit"
) AS "t24"

-- step ranked_3
WITH "t16" AS (
  SELECT
    "t15"."period",
    "t15"."track",
    "t15"."unit",
    "t15"."total",
    "t15"."tie_0",
    "t15"."tie_1",
    "t15"."tie_2",
    (
      RANK() OVER (
        PARTITION BY "t15"."period", "t15"."track"
        ORDER BY "t15"."total" DESC, "t15"."tie_0" IS NULL ASC, COALESCE("t15"."tie_0", CAST(0 AS DECIMAL(38, 0))) DESC, "t15"."tie_1" IS NULL ASC, COALESCE("t15"."tie_1", CAST(0 AS DECIMAL(38, 0))) DESC, "t15"."tie_2" IS NULL ASC, COALESCE("t15"."tie_2", CAST(0 AS DECIMAL(38, 0))) DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1
    ) + 1 AS "place"
  FROM (
    SELECT
      "t11"."period",
      "t11"."track",
      "t11"."unit",
      "t11"."total",
      "t14"."tie_0",
      "t14"."tie_1",
      "t14"."tie_2"
    FROM (
      SELECT
        "t6"."period",
        "t6"."track",
        "t6"."unit",
        "t6"."total"
      FROM (
        SELECT
          *
        FROM "totalled" AS "t0"
        WHERE
          "t0"."final"
      ) AS "t6"
    ) AS "t11"
    LEFT OUTER JOIN (
      SELECT
        "t12"."period",
        "t12"."track",
        "t12"."unit",
        MAX(
          CASE WHEN "t12"."tie" = 0 THEN "t12"."mark" ELSE CAST(NULL AS DECIMAL(38, 0)) END
        ) AS "tie_0",
        MAX(
          CASE WHEN "t12"."tie" = 1 THEN "t12"."mark" ELSE CAST(NULL AS DECIMAL(38, 0)) END
        ) AS "tie_1",
        MAX(
          CASE WHEN "t12"."tie" = 2 THEN "t12"."mark" ELSE CAST(NULL AS DECIMAL(38, 0)) END
        ) AS "tie_2"
      FROM (
        SELECT
          "t3"."period",
          "t3"."track",
          "t3"."unit",
          "t3"."indicator",
          "t3"."seq",
          "t3"."dimension",
          "t3"."is_veto",
          "t3"."actual",
          "t3"."target",
          "t3"."base",
          "t3"."exempt",
          "t3"."target_note",
          "t3"."looks_at",
          "t3"."policy",
          "t3"."present",
          "t3"."p",
          "t3"."r",
          "t3"."segment",
          "t3"."free",
          "t3"."low",
          "t3"."high",
          "t3"."mark",
          "t3"."state",
          "t3"."strikes",
          "t3"."full_units",
          "t3"."full_scaled",
          "t3"."grid",
          "t3"."counts",
          "t3"."effect",
          "t3"."limit_units",
          "t3"."digits",
          "t3"."mark_unit",
          "t4"."tie"
        FROM "marked" AS "t3"
        INNER JOIN "ties" AS "t4"
          ON "t3"."indicator" = "t4"."indicator"
      ) AS "t12"
      GROUP BY
        1,
        2,
        3
    ) AS "t14"
      ON "t11"."period" = "t14"."period"
      AND "t11"."track" = "t14"."track"
      AND "t11"."unit" = "t14"."unit"
  ) AS "t15"
)
SELECT
  "t24"."period",
  "t24"."track",
  "t24"."unit",
  "t24"."total",
  "t24"."final",
  "t24"."kept",
  "t24"."unplaced",
  "t24"."min_peers",
  "t24"."peers",
  CASE
    WHEN "t24"."peers" >= "t24"."min_peers"
    THEN "t24"."place"
    ELSE CAST(NULL AS BIGINT)
  END AS "place",
  CASE
    WHEN "t24"."peers" >= "t24"."min_peers"
    THEN "t24"."tied"
    ELSE CAST(NULL AS BIGINT)
  END AS "tied",
  CASE
    WHEN "t24"."peers" >= "t24"."min_peers"
    THEN "t24"."better"
    ELSE CAST(NULL AS DECIMAL(38, 0))
  END AS "better",
  "t24"."peers" >= "t24"."min_peers" AS "enough"
FROM (
  SELECT
    "t7"."period",
    "t7"."track",
    "t7"."unit",
    "t7"."total",
    "t7"."final",
    "t7"."kept",
    "t7"."unplaced",
    "t7"."min_peers",
    "t10"."peers",
    "t23"."place",
    "t23"."tied",
    "t23"."better"
  FROM (
    SELECT
      "t0"."period",
      "t0"."track",
      "t0"."unit",
      "t0"."total",
      "t0"."final",
      "t0"."kept",
      "t0"."unplaced",
      "t0"."min_peers"
    FROM "totalled" AS "t0"
  ) AS "t7"
  INNER JOIN (
    SELECT
      "t0"."period",
      "t0"."track",
      SUM(CAST("t0"."final" AS BIGINT)) AS "peers"
    FROM "totalled" AS "t0"
    GROUP BY
      1,
      2
  ) AS "t10"
    ON "t7"."period" = "t10"."period" AND "t7"."track" = "t10"."track"
  LEFT OUTER JOIN (
    SELECT
      "t18"."period",
      "t18"."track",
      "t18"."unit",
      "t18"."place",
      "t21"."tied",
      "t21"."better"
    FROM "t16" AS "t18"
    INNER JOIN (
      SELECT
        "t19"."period",
        "t19"."track",
        "t19"."place",
        "t19"."place_total",
        "t19"."tied",
        LAG("t19"."place_total") OVER (
          PARTITION BY "t19"."period", "t19"."track"
          ORDER BY "t19"."place" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "better"
      FROM (
        SELECT
          "t17"."period",
          "t17"."track",
          "t17"."place",
          MAX("t17"."total") AS "place_total",
          COUNT(*) AS "tied"
        FROM "t16" AS "t17"
        GROUP BY
          1,
          2,
          3
      ) AS "t19"
    ) AS "t21"
      ON "t18"."period" = "t21"."period"
      AND "t18"."track" = "t21"."track"
      AND "t18"."place" = "t21"."place"
  ) AS "t23"
    ON "t7"."period" = "t23"."period"
    AND "t7"."track" = "t23"."track"
    AND "t7"."unit" = "t23"."unit"
) AS "t24"
