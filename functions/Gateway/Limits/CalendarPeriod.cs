namespace Gateway.Limits;

/// <summary>A period of the calendar.</summary>
public enum CalendarPeriod
{
    Day,
    Month,
}
