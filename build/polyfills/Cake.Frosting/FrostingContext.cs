using Cake.Core;

namespace Cake.Frosting;

/// <summary>A build's context.</summary>
public interface IFrostingContext : ICakeContext;

/// <summary>Base of a build's own context: Cake's, and whatever a build adds.</summary>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext;
