package io.duckfleet.generator;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/// Readings: temperature in degrees Celsius, humidity and battery in percent, pressure in hPa.
record SensorRecords(Draws draws) implements RecordWriter {

    private static final List<String> STATES = List.of("ok", "ok", "ok", "ok", "warning", "offline");

    @Override
    public void write(JsonGenerator json) throws IOException {
        String id = draws.uuid();
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("record_id", id);
        json.writeStringField("sensor_id", "sensor_" + draws.between(1, 500));
        json.writeNumberField("temperature", draws.between(-15, 40, 1));
        json.writeNumberField("humidity", draws.between(10, 100, 1));
        json.writeNumberField("pressure", draws.between(970, 1050, 1));
        json.writeNumberField("battery_level", draws.between(0, 100));
        json.writeObjectFieldStart("location");
        json.writeNumberField("lat", draws.between(-60, 70, 5));
        json.writeNumberField("lon", draws.between(-180, 180, 5));
        json.writeEndObject();
        json.writeStringField("status", draws.oneOf(STATES));
        json.writeStringField("timestamp", draws.instant());
        json.writeEndObject();
    }
}
