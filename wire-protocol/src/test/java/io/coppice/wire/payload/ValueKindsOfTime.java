package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.*;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.ValueRange;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import org.jspecify.annotations.NullUnmarked;

/** Dates and times. */
@NullUnmarked
final class ValueKindsOfTime {
    private ValueKindsOfTime() {}

    static void addTo(ValueKinds kinds) {
        kinds.add("Instant", () -> Instant.MAX);
        kinds.add("Duration", () -> Duration.ofNanos(-1));
        kinds.add("Period", () -> Period.of(1, -2, 3));
        kinds.add("LocalDate", () -> LocalDate.of(-5, 2, 28));
        kinds.add("LocalTime", () -> LocalTime.MAX);
        kinds.add("LocalDateTime", () -> LocalDateTime.MIN);
        kinds.add("OffsetTime", () -> OffsetTime.MAX);
        kinds.add("OffsetDateTime", () -> OffsetDateTime.MIN);
        kinds.add(
                "ZonedDateTime in a gap", () -> ZonedDateTime.of(2026, 3, 29, 2, 30, 0, 7, ZoneId.of("Europe/Berlin")));
        kinds.add(
                "ZonedDateTime in an overlap, the later one",
                () -> ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
                        .withLaterOffsetAtOverlap());
        kinds.add("ZoneId of a region", () -> ZoneId.of("Asia/Kolkata"));
        kinds.add("ZoneOffset", () -> ZoneOffset.ofHoursMinutesSeconds(5, 45, 1));
        kinds.add("Year", () -> Year.of(-1));
        kinds.add("YearMonth", () -> YearMonth.of(2026, 2));
        kinds.add("MonthDay", () -> MonthDay.of(2, 29));
        kinds.add("DayOfWeek", () -> DayOfWeek.SUNDAY);
        kinds.add("Month", () -> Month.MAY);
        kinds.add("ChronoUnit", () -> ChronoUnit.HALF_DAYS);
        kinds.add("ChronoField", () -> ChronoField.AMPM_OF_DAY);
        kinds.add("ValueRange", () -> ValueRange.of(1, 2, 28, 31));
        kinds.add("WeekFields", () -> WeekFields.of(Locale.US));
        kinds.add("HijrahDate", () -> HijrahDate.of(1445, 1, 1));
        kinds.add("JapaneseDate", () -> JapaneseDate.of(2026, 1, 1));
        kinds.add("MinguoDate", () -> MinguoDate.of(100, 1, 1));
        kinds.add("ThaiBuddhistDate", () -> ThaiBuddhistDate.of(2560, 1, 1));
        kinds.add("fixed Clock", () -> Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        kinds.add("system Clock", Clock::systemUTC);
        kinds.add("offset Clock", () -> Clock.offset(Clock.systemUTC(), Duration.ofDays(1)));
        kinds.add("TimeZone of a region", () -> TimeZone.getTimeZone("America/New_York"));
        kinds.add("SimpleTimeZone", () -> new SimpleTimeZone(3_600_000, "Made/Up"));
        kinds.add("java.sql.Timestamp with nanoseconds", () -> sql("Timestamp", "2026-11-22 10:11:12.123456789"));
        kinds.add("java.sql.Date", () -> sql("Date", "2026-11-22"));
        kinds.add("java.sql.Time", () -> sql("Time", "10:11:12"));
        kinds.add(
                "text by a DateTimeFormatter",
                () -> DateTimeFormatter.ISO_DATE.format(LocalDate.EPOCH),
                (sent, back) -> assertThat(back).isEqualTo("1970-01-01"));
    }

    /** A module that ours does not require. */
    private static Object sql(String type, String value) throws ReflectiveOperationException {
        return Class.forName("java.sql." + type)
                .getMethod("valueOf", String.class)
                .invoke(null, value);
    }
}
