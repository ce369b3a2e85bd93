"""The same rules written by hand for DuckDB, for this one scheme: what the kernel is measured against.

It knows what the kernel has to find out: which indicator has which method, that targets and bases are above 0, that a
figure has at most two decimals, that a mark only rises with the actual. It gives the same bytes; the benchmark checks that.
"""

from __future__ import annotations

from bench.scoring_data import FULLS, INDICATORS, method_of

FUNCTIONS = """
CREATE TEMP MACRO half_up(n, d) AS (2 * n + d) // (2 * d);
CREATE TEMP MACRO ceiling(n, d) AS -((-n) // d) + CASE WHEN n > 0 AND n % d <> 0 THEN 1 ELSE 0 END;
CREATE TEMP MACRO mark_text(m) AS CAST(CAST(m AS DECIMAL(16, 0)) * CAST(0.01 AS DECIMAL(3, 2)) AS VARCHAR);
CREATE TEMP MACRO plain(v) AS CASE
    WHEN v % 1000000 = 0 THEN CAST(v // 1000000 AS VARCHAR)
    ELSE regexp_replace(CAST(CAST(v AS DECIMAL(18, 0)) * CAST(0.000001 AS DECIMAL(7, 6)) AS VARCHAR), '0+$', '') END;
CREATE TEMP MACRO ratio_text(p, r) AS
    CASE WHEN half_up(p * 1000000, r) * r = p * 1000000 THEN ' = ' ELSE ' ≈ ' END || plain(half_up(p * 1000000, r));
"""

ITEMS = (
    "CREATE TEMP TABLE items AS SELECT * FROM (VALUES "
    + ", ".join(
        f"('i{number:02d}', {number}, '{method_of(number)}', "
        + ("NULL, '', 0)" if method_of(number) == "veto" else f"{number % 4}, 'd{number % 4}', {FULLS[number % 4]})")
        for number in range(INDICATORS)
    )
    + ") AS t(indicator, seq, method, dim, dimension, f)"
)

MARKED = """
CREATE TEMP TABLE units AS SELECT period, track, unit, row_number() OVER (ORDER BY period, track, unit) AS u,
    dense_rank() OVER (ORDER BY period, track) AS g
FROM (SELECT DISTINCT period, track, unit FROM figures);
CREATE TEMP TABLE marked AS
WITH given AS (
    SELECT u.u, u.g, i.seq, i.method, i.dim, i.f, x.actual AS a, x.target AS t, x.base AS b,
        CASE WHEN x.actual IS NULL THEN false WHEN i.method IN ('curve', 'step') THEN coalesce(x.target > 0, false)
            WHEN i.method = 'bands' THEN coalesce(x.base > 0, false) ELSE true END AS present
    FROM figures x JOIN units u USING (period, track, unit) JOIN items i USING (indicator)
)
SELECT *, CASE WHEN present OR method = 'veto' THEN CASE WHEN method = 'veto' AND a >= 1000000 THEN 'veto' ELSE 'ok' END
        WHEN method IN ('bands', 'direct') THEN 'exempt' ELSE 'missing' END AS state,
    CASE WHEN method = 'veto' THEN 0
        WHEN NOT present THEN CASE WHEN method IN ('bands', 'direct') THEN NULL ELSE 0 END
        WHEN method = 'curve' THEN CASE WHEN a * 10 < t * 8 THEN 0 WHEN a < t THEN half_up(500 * f * a - 400 * f * t, t)
            WHEN a * 10 < t * 12 THEN half_up(50 * f * (a + t), t) ELSE 110 * f END
        WHEN method = 'step' THEN CASE WHEN a >= t THEN 100 * f ELSE greatest(100 * f - 20 * ((t - a) * 100 // t), 0) END
        WHEN method = 'bands' THEN CASE WHEN (a - b) * 10 < -b THEN 0 WHEN a < b THEN 50 * f WHEN (a - b) * 10 < b THEN 80 * f ELSE 100 * f END
        WHEN method = 'events' THEN greatest(100 * f - 50 * (a // 1000000), 0)
        ELSE least(half_up(a, 10000), 100 * f) END AS mark
FROM given;
"""

TOTALLED = """
CREATE TEMP TABLE summed AS
SELECT *, CASE WHEN left_full = 0 THEN NULL WHEN left_full = all_full THEN marks ELSE half_up(marks * all_full, left_full) END AS subtotal
FROM (SELECT u, g, dim, CAST(sum(mark) AS BIGINT) AS marks, CAST(sum(f) AS BIGINT) AS all_full,
        CAST(sum(CASE WHEN state = 'exempt' THEN 0 ELSE f END) AS BIGINT) AS left_full,
        count(*) FILTER (state = 'missing') AS missing
    FROM marked WHERE method <> 'veto' GROUP BY u, g, dim);
CREATE TEMP TABLE totalled AS
WITH s AS (
    SELECT u, g, CAST(sum(subtotal) AS BIGINT) AS sums, CAST(sum(all_full) AS BIGINT) AS all_full, CAST(sum(missing) AS BIGINT) AS missing,
        CAST(sum(all_full) FILTER (subtotal IS NOT NULL) AS BIGINT) AS kept_full,
        max(subtotal) FILTER (dim = 0) AS d0, max(subtotal) FILTER (dim = 1) AS d1, max(subtotal) FILTER (dim = 2) AS d2, max(subtotal) FILTER (dim = 3) AS d3
    FROM summed GROUP BY u, g
), v AS (SELECT u, a, coalesce(a >= 1000000, false) AS struck FROM marked WHERE method = 'veto')
SELECT s.*, v.a AS veto_actual, v.struck, CASE WHEN kept_full = all_full THEN sums ELSE half_up(sums * all_full, kept_full) END AS scaled,
    CASE WHEN v.struck THEN least(CASE WHEN kept_full = all_full THEN sums ELSE half_up(sums * all_full, kept_full) END, 6000)
        ELSE CASE WHEN kept_full = all_full THEN sums ELSE half_up(sums * all_full, kept_full) END END AS total
FROM s JOIN v USING (u);
CREATE TEMP TABLE ranked AS
WITH r AS (SELECT t.u, t.g, t.total, rank() OVER (PARTITION BY t.g ORDER BY t.total DESC, m.mark DESC) AS place
    FROM totalled t JOIN marked m ON m.u = t.u AND m.seq = 0),
p AS (SELECT g, place, max(total) AS total, count(*) AS tied FROM r GROUP BY g, place),
n AS (SELECT g, place, tied, lag(total) OVER (PARTITION BY g ORDER BY place) AS better FROM p)
SELECT r.u, r.total, r.place, n.tied, n.better, c.peers FROM r JOIN n USING (g, place)
JOIN (SELECT g, count(*) AS peers FROM totalled GROUP BY g) c USING (g);
"""

NEEDED = """
CREATE TEMP TABLE needed AS
WITH w AS (
    SELECT r.u, CASE WHEN t.kept_full = t.all_full THEN r.better ELSE ceiling((2 * r.better - 1) * t.kept_full, 2 * t.all_full) END AS wanted, t.sums
    FROM ranked r JOIN totalled t USING (u) WHERE r.better > r.total AND NOT (t.struck AND r.better > 6000)
), d AS (
    SELECT s.u, s.dim, CASE WHEN s.left_full = s.all_full THEN w.wanted - w.sums + s.subtotal
        ELSE ceiling((2 * (w.wanted - w.sums + s.subtotal) - 1) * s.left_full, 2 * s.all_full) END - s.marks AS more
    FROM w JOIN summed s USING (u) WHERE s.left_full > 0
), m AS (
    SELECT m.u, m.seq, m.method, m.f, m.a, m.t, m.b, m.mark + d.more AS w
    FROM marked m JOIN d USING (u, dim) WHERE m.present AND m.method <> 'veto'
), n AS (
    SELECT u, seq, method, a, CASE
        WHEN method = 'curve' THEN CASE WHEN w > 110 * f THEN NULL WHEN w <= 100 * f THEN ceiling((2 * w - 1 + 800 * f) * t, 1000 * f)
            ELSE least(ceiling((2 * w - 1 - 100 * f) * t, 100 * f), ceiling(12 * t, 10)) END
        WHEN method = 'step' THEN CASE WHEN w > 100 * f THEN NULL
            ELSE CASE WHEN w = 100 * f THEN (99 * t) // 100 + 1 ELSE ((99 - (100 * f - w) // 20) * t) // 100 + 1 END END
        WHEN method = 'bands' THEN CASE WHEN w > 100 * f THEN NULL WHEN w > 80 * f THEN b + ceiling(b, 10) WHEN w > 50 * f THEN b ELSE b - b // 10 END
        WHEN method = 'events' THEN CASE WHEN w > 100 * f THEN NULL ELSE (100 * f - w) // 50 * 1000000 END
        ELSE CASE WHEN w > 100 * f THEN NULL ELSE (2 * w - 1) * 5000 END END AS p
    FROM m
)
SELECT u, seq, CASE WHEN method = 'events' THEN p ELSE ceiling(p, 10000) * 10000 END AS needed FROM n WHERE p IS NOT NULL;
"""

RESULTS = {
    "marks": """
SELECT u.period, u.track, u.unit, i.dimension, i.indicator, m.a AS actual, m.t AS target,
    CASE WHEN NOT present THEN NULL WHEN m.method IN ('curve', 'step') THEN half_up(a * 1000000, t)
        WHEN m.method = 'bands' THEN sign(a - b) * half_up(abs(a - b) * 1000000, b) END AS x,
    CAST(m.f * 100 AS BIGINT) AS full, m.mark, greatest(m.f * 100 - m.mark, 0) + 0 * m.mark AS lost, m.state,
    CASE WHEN NOT present THEN CASE
            WHEN m.method = 'veto' THEN '未报,按未发生计'
            WHEN m.method IN ('bands', 'direct') THEN '未报实际值,按规定免考,所在维度按其余指标的满分折算'
            ELSE '未报实际值,按规定计 0.00' END
        WHEN m.method = 'curve' THEN '完成率 ' || plain(a) || ' ÷ ' || plain(t) || ratio_text(a, t) || CASE
            WHEN a * 10 < t * 8 THEN ',低于起点 0.8,按 0% 计,' || m.f || ' × 0% = 0.00'
            WHEN a * 10 < t * 12 THEN CASE WHEN a < t THEN ',在 0.8(0%)与 1(100%)之间按直线计' ELSE ',在 1(100%)与 1.2(110%)之间按直线计' END
                || CASE WHEN exact THEN ' ' ELSE '约 ' END || plain(share) || '%,' || m.f || ' × ' || plain(share) || '%'
                || CASE WHEN exact THEN ' = ' ELSE ' ≈ ' END || mark_text(m.mark)
            ELSE ',达到终点 1.2,按 110% 计,' || m.f || ' × 110% = ' || mark_text(m.mark) END
        WHEN m.method = 'step' THEN '完成率 ' || plain(a) || ' ÷ ' || plain(t) || ratio_text(a, t)
            || CASE WHEN a >= t THEN ',比基准 1 高' ELSE ',比基准 1 低' END
            || CASE WHEN half_up(abs(t - a) * 1000000, t) * t = abs(t - a) * 1000000 THEN ' ' ELSE '约 ' END
            || plain(half_up(abs(t - a) * 1000000, t)) || ',每 0.01 为一步,满 ' || (abs(t - a) * 100 // t) || ' 个整步,' || m.f
            || CASE WHEN a >= t THEN ' + 0 × ' ELSE ' − 0.2 × ' END || (abs(t - a) * 100 // t)
            || CASE WHEN a < t AND (t - a) * 100 // t * 20 > 100 * m.f THEN ',低于下限 0,按下限计 ' ELSE ' = ' END || mark_text(m.mark)
        WHEN m.method = 'bands' THEN '增长率 [' || plain(a) || ' − ' || plain(b) || '] ÷ |' || plain(b) || '|'
            || CASE WHEN a >= b THEN ratio_text(a - b, b)
                ELSE CASE WHEN half_up((b - a) * 1000000, b) * b = (b - a) * 1000000 THEN ' = ' ELSE ' ≈ ' END
                    || CASE WHEN half_up((b - a) * 1000000, b) = 0 THEN '0' ELSE '-' || plain(half_up((b - a) * 1000000, b)) END END
            || CASE WHEN (a - b) * 10 < -b THEN ',低于最低一档 -0.1,按 0% 计,' || m.f || ' × 0%'
                WHEN a < b THEN ',达到 -0.1 一档,按 50% 计,' || m.f || ' × 50%'
                WHEN (a - b) * 10 < b THEN ',达到 0 一档,按 80% 计,' || m.f || ' × 80%'
                ELSE ',达到 0.1 一档,按 100% 计,' || m.f || ' × 100%' END || ' = ' || mark_text(m.mark)
        WHEN m.method = 'events' THEN '发生 ' || plain(a) || ' 次,' || m.f || ' − 0.5 × ' || plain(a)
            || CASE WHEN a // 1000000 * 50 > 100 * m.f THEN ',低于下限 0,按下限计 ' ELSE ' = ' END || mark_text(m.mark)
        WHEN m.method = 'direct' THEN '评定 ' || plain(a) || ' 分'
            || CASE WHEN half_up(a, 10000) > 100 * m.f THEN ',超过上限 ' || m.f || ',按上限计 ' ELSE ',得 ' END || mark_text(m.mark)
        ELSE '发生 ' || plain(a) || CASE WHEN a >= 1000000 THEN ' 次,达到 1 次,触发一票否决:总分不超过 60 分' ELSE ' 次,未达到 1 次,不触发否决' END
        END AS because
FROM (SELECT *, CASE WHEN method = 'curve' AND present THEN half_up(abs(sh_n) * 1000000, t) END AS share,
        CASE WHEN method = 'curve' AND present THEN half_up(abs(sh_n) * 1000000, t) * t = abs(sh_n) * 1000000 END AS exact
    FROM (SELECT *, CASE WHEN a < t THEN 500 * a - 400 * t ELSE 50 * (a + t) END AS sh_n FROM marked)) m
JOIN units u USING (u) JOIN items i USING (seq) ORDER BY u.u, m.seq
""",
    "totals": """
SELECT n.period, n.track, n.unit, t.total, CASE WHEN t.total >= 8500 THEN '优秀' WHEN t.total >= 6000 THEN '合格' END AS grade, 'final' AS state,
    t.missing, CAST(t.struck AS BIGINT) AS vetoed,
    ltrim(coalesce(r.reasons, '') || CASE WHEN t.struck THEN ';否决项 指标29 已触发' WHEN t.veto_actual IS NULL THEN ';否决项 指标29 未报,按未发生计' ELSE '' END
        || CASE WHEN t.struck THEN ';一票否决,总分 ' || mark_text(t.scaled) || ',不超过 60.00' ELSE '' END, ';') AS because,
    d0 AS dim_d0, d1 AS dim_d1, d2 AS dim_d2, d3 AS dim_d3
FROM totalled t JOIN units n USING (u) LEFT JOIN (
    SELECT u, string_agg(';维度' || dim || ':有指标免考,' || mark_text(marks) || ' × ' || all_full || ' ÷ ' || left_full || ' = ' || mark_text(subtotal), '' ORDER BY dim) AS reasons
    FROM summed WHERE left_full <> all_full GROUP BY u) r USING (u) ORDER BY u
""",
    "places": """
SELECT n.period, n.track, n.unit, r.total, r.place, r.peers, r.tied, r.better - r.total AS to_next, '' AS because
FROM ranked r JOIN units n USING (u) ORDER BY u
""",
    "gaps": """
WITH best AS (SELECT g, seq, arg_min(u, (-mark, u)) AS leading, max(mark) AS best, CAST(sum(mark) AS BIGINT) AS marks, count(mark) AS n
    FROM marked WHERE method <> 'veto' AND mark IS NOT NULL GROUP BY g, seq)
SELECT u.period, u.track, u.unit, i.indicator, m.mark, greatest(m.f * 100 - m.mark, 0) + 0 * m.mark AS lost, m.t - m.a AS to_target,
    l.unit AS leader, b.best - m.mark AS to_leader,
    CASE WHEN b.marks < m.mark * b.n THEN -half_up(m.mark * b.n - b.marks, b.n) ELSE half_up(b.marks - m.mark * b.n, b.n) END AS to_mean,
    x.needed AS needed_actual
FROM marked m LEFT JOIN best b USING (g, seq) LEFT JOIN units l ON l.u = b.leading JOIN units u ON u.u = m.u JOIN items i ON i.seq = m.seq
LEFT JOIN needed x ON x.u = m.u AND x.seq = m.seq WHERE m.method <> 'veto' ORDER BY u.u, m.seq
""",
}
